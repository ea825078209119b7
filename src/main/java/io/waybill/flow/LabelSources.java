package io.waybill.flow;

import io.waybill.ledger.Documents;
import io.waybill.order.LabelCreated;
import java.util.Map;

/** Keeps label bytes out of events: they are stored once, by content, and events name them by their hash. */
public final class LabelSources {
    static final String PREFIX = "sha256:";

    private final Documents documents;

    public LabelSources(Documents documents) {
        this.documents = documents;
    }

    /** Stores the bytes; the event that is kept refers to them. Stored before the event is committed: an orphan is harmless. */
    LabelCreated kept(LabelCreated label) {
        return label.data().startsWith(PREFIX)
                ? label
                : label.withData(PREFIX + documents.store(label.data(), label.resources()), Map.of());
    }
}

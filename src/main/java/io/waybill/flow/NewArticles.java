package io.waybill.flow;

import io.waybill.ledger.Awaiting;
import java.util.Set;

/** Deliveries that waited for an article go out once the channel has it. */
public final class NewArticles {
    private final Awaiting awaiting;
    private final Wake deliveries;

    public NewArticles(Awaiting awaiting, Wake deliveries) {
        this.awaiting = awaiting;
        this.deliveries = deliveries;
    }

    /** Something is new there. */
    public void at(String channel) {
        if (awaiting.wake(Set.of(channel), Set.of()) > 0) {
            deliveries.signal();
        }
    }
}

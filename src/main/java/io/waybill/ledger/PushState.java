package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much of an order is where it is wanted. Defined by the SQL function {@code push_state}. */
public enum PushState {
    NOT_PUSHED,
    PARTIALLY_PUSHED,
    PUSHED,
    CANCELLED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static PushState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

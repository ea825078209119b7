package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a delivery stands, as the view {@code delivery_shown} tells it. */
public enum DeliveryState {
    WAITING,
    IN_PROGRESS,
    DELIVERED,
    FAILED,
    UNKNOWN,
    WITHHELD,
    SUPERSEDED,
    VOID;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** As it is stored: what a worker has in hand is stored as waiting. */
    String stored() {
        return this == IN_PROGRESS ? WAITING.word() : word();
    }
}

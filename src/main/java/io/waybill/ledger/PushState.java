package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How much of an order is where it is wanted: of the whole order, at one destination, or of one line there. Computed from
 * the quantity ledger ({@link Tally}); the order's is stored with it, in the same transaction as what changes it.
 */
public enum PushState {
    NOT_PUSHED,
    PARTIALLY_PUSHED,
    PUSHED,
    CANCELLED;

    /**
     * @param delivered whether anything of it was delivered
     * @param missing whether more is wanted than is there
     */
    static PushState of(boolean cancelled, boolean delivered, boolean missing) {
        if (cancelled) {
            return CANCELLED;
        }
        if (!delivered) {
            return NOT_PUSHED;
        }
        return missing ? PARTIALLY_PUSHED : PUSHED;
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static PushState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

package io.waybill.order;

import java.util.Locale;

/** The kinds of events. An order is state (the newest wins); all others are facts (each once, by its own id). */
public enum EventType {
    ORDER,
    CANCELLATION,
    SHIPMENT,
    RETURN,
    LABEL,
    STATUS,
    /** Only ever ours: what people did to the tags of an order. */
    TAGS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EventType of(String word) {
        for (EventType type : values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "\"" + word + "\" is not an event type; use order, cancellation, shipment, return, label or status");
    }
}

package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The system's own word for where an order stands; a status mapping gives it a meaning. */
public record StatusChanged(String orderId, String status, @Nullable Instant at) implements Event {
    public StatusChanged {
        Members.required("orderId", orderId);
        Members.required("status", status);
    }

    @Override
    public EventType type() {
        return EventType.STATUS;
    }

    /** The same word at the same time is the same fact. */
    @Override
    @JsonIgnore
    public String id() {
        return at == null ? status : status + "@" + at;
    }
}

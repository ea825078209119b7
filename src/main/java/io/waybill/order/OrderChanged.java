package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The whole state of an order, new or changed. */
public record OrderChanged(Order order) implements Event {
    public OrderChanged {
        Members.required("order", order);
    }

    @Override
    public EventType type() {
        return EventType.ORDER;
    }

    @Override
    @JsonIgnore
    public String orderId() {
        return order.id();
    }

    @Override
    @JsonIgnore
    public @Nullable String id() {
        return null;
    }

    @Override
    @JsonIgnore
    public @Nullable Instant at() {
        return order.updatedAt() == null ? order.placedAt() : order.updatedAt();
    }
}

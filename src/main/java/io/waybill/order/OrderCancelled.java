package io.waybill.order;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cancellation of a whole order (no lines) or of some of its lines. {@code by} is customer, merchant or system. */
public record OrderCancelled(
        String orderId,
        String id,
        @Nullable Instant at,
        @Nullable String by,
        @Nullable String reason,
        List<LineQuantity> lines)
        implements Event {
    public OrderCancelled {
        Members.required("orderId", orderId);
        Members.required("id", id);
        lines = Members.copy(lines);
        if (by != null && !by.equals("customer") && !by.equals("merchant") && !by.equals("system")) {
            throw new IllegalArgumentException("by must be customer, merchant or system");
        }
    }

    /** The one cancellation that an order's own state tells of; a webhook that says the same again adds nothing. */
    public static OrderCancelled ofSnapshot(Order order) {
        return new OrderCancelled(
                order.id(), "snapshot:" + order.id() + ":cancelled", order.updatedAt(), null, null, List.of());
    }

    @Override
    public EventType type() {
        return EventType.CANCELLATION;
    }
}

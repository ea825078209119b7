package io.waybill.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goods that came back; {@code refund} is in the order's currency. */
public record OrderReturned(
        String orderId,
        String id,
        @Nullable Instant at,
        @Nullable String reason,
        List<LineQuantity> lines,
        @Nullable BigDecimal refund)
        implements Event {
    public OrderReturned {
        Members.required("orderId", orderId);
        Members.required("id", id);
        lines = Members.copy(lines);
    }

    @Override
    public EventType type() {
        return EventType.RETURN;
    }
}

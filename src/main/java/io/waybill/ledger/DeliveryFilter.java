package io.waybill.ledger;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries; null asks for no restriction.
 *
 * @param reason as shown: due, retry, blocked, manual, paused, circuit, awaiting-mapping, or why it was withheld
 * @param order our id of the order
 * @param code the error's
 * @param issue those that this issue holds up
 */
public record DeliveryFilter(
        @Nullable DeliveryState state,
        @Nullable String reason,
        @Nullable String channel,
        @Nullable String operation,
        @Nullable Long order,
        @Nullable String code,
        @Nullable String issue) {
    public static final DeliveryFilter ALL = new DeliveryFilter(null, null, null, null, null, null);

    /** Reasons that only waiting deliveries have: without their state, all deliveries would be asked for them. */
    private static final Set<String> WAITING_FOR =
            Set.of("due", "retry", "blocked", "manual", "paused", "circuit", "awaiting-mapping");

    /** Without an issue. */
    public DeliveryFilter(
            @Nullable DeliveryState state,
            @Nullable String reason,
            @Nullable String channel,
            @Nullable String operation,
            @Nullable Long order,
            @Nullable String code) {
        this(state, reason, channel, operation, order, code, null);
    }

    /** On the view {@code delivery_shown d}. The stored state is named too, because it is what the indexes are on. */
    Where where() {
        Where where = new Where();
        if (state == null && WAITING_FOR.contains(String.valueOf(reason))) {
            where.and("d.state = 'waiting'");
        }
        if (state != null) {
            where.and("d.state = '" + state.stored() + "'");
            if (state.stored().equals(DeliveryState.WAITING.word())) {
                where.and("d.shown_state = ?", state.word());
            }
        }
        return where.andIf(reason, "d.shown_reason = ?")
                .andIf(channel, "d.channel = ?")
                .andIf(operation, "d.operation = ?")
                .andIf(order, "d.order_id = ?")
                .andIf(code, "d.error_code = ?")
                .andIf(issue, "d.id in (select id from delivery where issue = ?)");
    }
}

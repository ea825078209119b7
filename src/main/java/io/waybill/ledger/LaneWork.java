package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderChanged;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event's decisions on one order.
 *
 * @param from the channel that told the event
 * @param eventKey a fact's id; null for the order's state
 * @param cancelled the order is cancelled as a whole after this
 * @param revision of the order's newest state; 0 where that is not told here
 * @param hand set when a person pushes the newest state
 */
record LaneWork(
        long orderId,
        long eventId,
        String source,
        String sourceOrderId,
        boolean newOrder,
        String from,
        Event event,
        @Nullable String eventKey,
        boolean cancelled,
        int revision,
        List<Decided> decisions,
        @Nullable Hand hand) {
    boolean cancelsAll() {
        return event instanceof OrderCancelled cancellation
                && cancellation.lines().isEmpty();
    }

    LanePlan.Happening happening(boolean rechosen) {
        return new LanePlan.Happening(event.type(), cancelsAll(), cancelled, hand != null, rechosen);
    }

    boolean isHome(String channel) {
        return channel.equals(source);
    }

    /** The lines that the rules publish to a destination: all of the order's unless they named some. */
    Set<String> published(Decided decided) {
        List<String> lines = decided.overlay().lines();
        if (lines != null) {
            return new LinkedHashSet<>(lines);
        }
        Set<String> all = new LinkedHashSet<>();
        if (event instanceof OrderChanged changed) {
            changed.order().lines().forEach(line -> all.add(line.id()));
        }
        return all;
    }

    /** The lines that a person chose for a destination; null where nobody did. */
    @Nullable
    Set<String> chosen(String channel) {
        return hand == null ? null : hand.linesFor(channel);
    }

    /** The idempotency key of what goes to a part of the order at a destination. */
    String key(String to, String operation, int part, int choice) {
        return switch (operation) {
            case LanePlan.CREATE -> Keys.create(source, sourceOrderId, to, part);
            case LanePlan.UPDATE -> Keys.update(source, sourceOrderId, to, part, revision, choice);
            default -> Keys.fact(source, sourceOrderId, to, part, event.type().word(), from, String.valueOf(eventKey));
        };
    }

    /**
     * What a person chose.
     *
     * @param lines the ids of the lines to push, by channel; none for a channel that gets what the rules publish
     * @param byRules nobody chose lines: the rules are applied again, and what is there gets an update
     */
    record Hand(Map<String, List<String>> lines, boolean byRules) {
        private @Nullable Set<String> linesFor(String channel) {
            List<String> chosen = lines.get(channel);
            return chosen == null ? null : new LinkedHashSet<>(chosen);
        }
    }
}

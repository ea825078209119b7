package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.Order;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person did to an order, as events of ours. They are committed like those that channels tell, all or none.
 *
 * @param known what the decisions saw
 * @param tags what people changed about its tags from now on; null when this is about something else
 * @param action for the audit log, as the next two
 */
public record HandAct(
        Known known,
        List<Step> steps,
        @Nullable TagsByHand tags,
        String by,
        String action,
        String subject,
        Map<String, ?> detail) {
    /** Who tells them: no channel can be called that. */
    public static final String FROM = "by hand";

    public HandAct {
        steps = List.copyOf(steps);
    }

    /**
     * One event.
     *
     * @param state the order's new state with its tags; null for a fact
     * @param payload the event as canonical JSON
     */
    public record Step(Event event, @Nullable Order state, String payload, List<Decided> decisions) {}

    /** A delivery that came of it, as it stood right afterwards. */
    public record Sent(String channel, String operation, long delivery, String state, @Nullable String reason) {}
}

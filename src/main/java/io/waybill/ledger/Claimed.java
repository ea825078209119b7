package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One delivery in the hands of one worker, until its lane's lease ends.
 *
 * @param fence what the outcome must name to be written
 * @param event the order's state to render (the newest, or after an ambiguous send the one that was sent), or the fact
 * @param strange a fact about lines of which none is there: nothing is to be sent
 * @param revision of the state to render; 0 for a fact
 * @param overlay what the rules decided for this destination about that state
 * @param chosenLines lines chosen by hand; null for what the rules say
 * @param choice counts what people chose; {@code sentChoice} is the one known to be there
 * @param vouchedFor a person looked and says that nothing is there
 * @param ambiguousFor how long it has not been known whether an earlier send took effect, by PostgreSQL's clock; null when
 *     nothing is open
 */
public record Claimed(
        long deliveryId,
        long laneId,
        int fence,
        long orderId,
        long eventId,
        String channel,
        String operation,
        String key,
        String source,
        String sourceOrderId,
        String number,
        int part,
        @Nullable String externalId,
        @Nullable String reference,
        int attempts,
        Event event,
        boolean strange,
        int revision,
        int newestRevision,
        int sentRevision,
        Overlay overlay,
        @Nullable List<String> chosenLines,
        int choice,
        int sentChoice,
        boolean vouchedFor,
        @Nullable Duration ambiguousFor) {

    public boolean isState() {
        return event instanceof OrderChanged;
    }

    public boolean creates() {
        return operation.equals(LanePlan.CREATE);
    }

    /** An update that says nothing newer than what is there already. */
    public boolean isNeedless() {
        return operation.equals(LanePlan.UPDATE) && newestRevision <= sentRevision && choice <= sentChoice;
    }

    /** The order's state as this destination gets it: rules laid over it, and only the lines that go there. */
    public Order seen(Order order) {
        Order laidOver = overlay.apply(order);
        if (chosenLines == null) {
            return overlay.narrow(laidOver);
        }
        return Overlay.onlyLines(laidOver, Set.copyOf(chosenLines));
    }
}

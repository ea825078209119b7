package io.waybill.flow;

import io.waybill.ledger.HandAct;
import io.waybill.order.LineQuantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person may do to an order itself. Each becomes events of ours that go the way of all others, and is audited. */
public interface OrderActs {
    /** @param deliveries what came of it; none when the order has these tags already */
    record Tags(List<String> tags, List<HandAct.Sent> deliveries) {}

    /**
     * @param id of the cancellation, as destinations are told it
     * @param lines empty for the whole order
     */
    record Cancelled(String id, List<LineQuantity> lines, List<HandAct.Sent> deliveries) {}

    /** From now on the order has these tags; what source and rules add later comes on top. */
    Tags tag(long orderId, List<String> tags, String by);

    /**
     * Cancels for the merchant.
     *
     * @param lines empty for all that is neither cancelled nor shipped
     */
    Cancelled cancel(long orderId, List<LineQuantity> lines, @Nullable String reason, String by);
}

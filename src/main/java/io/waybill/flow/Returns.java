package io.waybill.flow;

import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.order.OrderReturned;

/** How a return reaches a channel, and whether the channel's policies let it. */
final class Returns {
    private Returns() {}

    /**
     * With money given back it is a refund where the channel can refund and may, or can do nothing else; a refund tells of the
     * goods too, so no return goes beside it.
     */
    static Operation operation(Channel channel, OrderReturned returned, boolean mayRefund) {
        boolean refunds = returned.refund() != null && channel.can(Operation.REFUND_ORDER);
        return refunds && (mayRefund || !channel.can(Operation.RETURN_ORDER))
                ? Operation.REFUND_ORDER
                : Operation.RETURN_ORDER;
    }

    static boolean mayGo(Channel channel, Operation operation) {
        return operation == Operation.REFUND_ORDER
                ? channel.policies().refunds()
                : channel.policies().returns();
    }
}

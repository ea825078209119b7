package io.waybill.flow;

import io.waybill.ledger.Claimed;
import io.waybill.ledger.Receipts;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What a thread works on, by our own ids, beside every line that it logs until this is closed. Never anything personal. */
final class LogNames implements AutoCloseable {
    private static final String CHANNEL = "channel";
    private static final String RECEIPT = "receipt";
    private static final String ORDER = "order";
    private static final String DELIVERY = "delivery";
    private static final LogNames THESE = new LogNames();

    private LogNames() {}

    static LogNames of(Claimed claimed) {
        MDC.put(CHANNEL, claimed.channel());
        MDC.put(ORDER, Long.toString(claimed.orderId()));
        MDC.put(DELIVERY, Long.toString(claimed.deliveryId()));
        return THESE;
    }

    /** @param order our id of it, once it is known */
    static LogNames of(Receipts.Claimed receipt, @Nullable Long order) {
        MDC.put(CHANNEL, receipt.channel());
        MDC.put(RECEIPT, Long.toString(receipt.id()));
        if (order != null) {
            MDC.put(ORDER, order.toString());
        }
        return THESE;
    }

    @Override
    public void close() {
        MDC.remove(CHANNEL);
        MDC.remove(RECEIPT);
        MDC.remove(ORDER);
        MDC.remove(DELIVERY);
    }
}

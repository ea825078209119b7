package io.waybill.flow;

import io.waybill.flow.FlowListener.Taken;
import io.waybill.ledger.Receipts;
import io.waybill.order.ErrorCode;
import io.waybill.order.InvalidEvent;
import io.waybill.order.WaybillException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a receipt that cannot be imported this time: it waits for what it lacks, is tried again, or parks. */
final class Setbacks {
    private static final Logger log = LoggerFactory.getLogger(Setbacks.class);
    private static final int MAX_ATTEMPTS = 8;
    private static final int MAX_DOUBLINGS = 9;
    private static final Duration WAIT_FOR_ORDER = Duration.ofMinutes(1);
    private static final Duration WAIT_FOR_PARTNER = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_CREATE = Duration.ofMillis(500);
    private static final Duration WAIT_FOR_CALM = Duration.ofSeconds(1);

    private final Receipts receipts;
    private final FlowListener listener;

    Setbacks(Receipts receipts, FlowListener listener) {
        this.receipts = receipts;
        this.listener = listener;
    }

    /** Its channel did not answer about another message just now. */
    void silent(Receipts.Claimed receipt) {
        wait(receipt, WAIT_FOR_PARTNER, FlowError.CHANNEL_SILENT, "The channel did not answer about another message.");
    }

    void mayBeOurs(Receipts.Claimed receipt) {
        wait(
                receipt,
                WAIT_FOR_CREATE,
                FlowError.WAITING_FOR_CREATE,
                "An order of ours is just being created there; this may be it.");
    }

    void keepsChanging(Receipts.Claimed receipt) {
        wait(receipt, WAIT_FOR_CALM, FlowError.IMPORT_FAILED, "The order keeps changing; tried again soon.");
    }

    private void wait(Receipts.Claimed receipt, Duration delay, ErrorCode code, String message) {
        receipts.later(receipt.id(), receipt.fence(), delay, code.code(), message, null, false);
        listener.imported(receipt.channel(), Taken.POSTPONED);
    }

    /** Is imported as soon as its order is. */
    void withoutOrder(Import item) {
        Receipts.Claimed receipt = item.receipt();
        receipts.later(
                receipt.id(),
                receipt.fence(),
                WAIT_FOR_ORDER,
                FlowError.WAITING_FOR_ORDER.code(),
                "The order of this " + item.event().type().word()
                        + " is not known yet. It is imported as soon as it is.",
                item.event().orderId(),
                false);
        listener.imported(receipt.channel(), Taken.POSTPONED);
    }

    void unreadable(Receipts.Claimed receipt, InvalidEvent e) {
        receipts.park(receipt.id(), receipt.fence(), e.code().code(), e.path(), String.valueOf(e.getMessage()));
        listener.imported(receipt.channel(), Taken.PARKED);
    }

    /** A database that is away is nobody's fault: thrown on, for the whole round to wait. */
    void failed(Receipts.Claimed receipt, RuntimeException e, ErrorCode code) {
        if (Fault.isDatabaseAway(e)) {
            throw e;
        }
        if (Fault.isPartners(e)) {
            askedInVain(receipt, e);
            return;
        }
        WaybillException known = Fault.find(e, WaybillException.class);
        log.atWarn()
                .addKeyValue("receipt", receipt.id())
                .addKeyValue("channel", receipt.channel())
                .setCause(known == null ? e : null)
                .log("A receipt could not be imported");
        String message = known == null
                ? "Failed with " + e.getClass().getSimpleName() + "."
                : String.valueOf(known.getMessage());
        if (known instanceof InvalidEvent || receipt.attempts() + 1 >= MAX_ATTEMPTS) {
            receipts.park(receipt.id(), receipt.fence(), code.code(), null, message);
            listener.imported(receipt.channel(), Taken.PARKED);
        } else {
            again(receipt, code.code(), message);
        }
    }

    /** The channel was asked about this message and did not answer: nothing is wrong with the message. */
    private void askedInVain(Receipts.Claimed receipt, RuntimeException e) {
        WaybillException known = Fault.find(e, WaybillException.class);
        log.atInfo()
                .addKeyValue("receipt", receipt.id())
                .addKeyValue("channel", receipt.channel())
                .log("A channel did not answer about a message of its own; asked again later");
        again(
                receipt,
                known == null ? FlowError.CHANNEL_SILENT.code() : known.code().code(),
                known == null
                        ? "The channel could not be asked about this message."
                        : String.valueOf(known.getMessage()));
    }

    private void again(Receipts.Claimed receipt, String code, String message) {
        Duration delay = Duration.ofSeconds(1L << Math.min(receipt.attempts(), MAX_DOUBLINGS));
        receipts.later(receipt.id(), receipt.fence(), delay, code, message, null, true);
        listener.imported(receipt.channel(), Taken.POSTPONED);
    }
}

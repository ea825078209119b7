package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decided event, ready to be made durable whole.
 *
 * @param receiptId the receipt it came with, and the fence it was claimed under; {@link #BY_HAND} when a person has it
 *     decided again
 * @param closesReceipt false for all but the last event of one receipt
 * @param from the channel that told us
 * @param known what the decision saw; null for a new order
 * @param state the order's new state with its tags; null when the event is a fact, or changes nothing
 * @param payload the event as canonical JSON, label bytes replaced by their reference
 */
public record Commit(
        long receiptId,
        int receiptFence,
        boolean closesReceipt,
        String from,
        @Nullable Known known,
        Event event,
        Outcome outcome,
        @Nullable Order state,
        String payload,
        List<Decided> decisions) {

    /** No fence: the receipt was imported long ago, and is not touched again. */
    static final int BY_HAND = -1;

    boolean isByHand() {
        return receiptFence == BY_HAND;
    }

    /** What an event did to the ledger. */
    public enum Outcome {
        APPLIED,
        /** Nothing new in it: our own words coming back, or a repetition. */
        ECHO,
        /** Older than what the ledger knows. */
        STALE
    }

    public enum Result {
        COMMITTED,
        /** The fact was known already; the receipt is closed. */
        REPEATED,
        /** The order changed meanwhile: look again, decide again. */
        STALE_DECISION,
        /** The receipt's lease is gone: somebody else has it. */
        LEASE_LOST
    }
}

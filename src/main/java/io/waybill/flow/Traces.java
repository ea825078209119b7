package io.waybill.flow;

import io.waybill.ledger.Claimed;
import io.waybill.ledger.Receipts;
import org.jspecify.annotations.Nullable;

/** Follows what comes in on its way to where it goes, for whoever looks at traces. {@link #OFF} costs nothing. */
public interface Traces {
    Traces OFF = new Traces() {};

    /** A message that is being stored. */
    interface Arrival {
        /** Where the later steps find their way back to, as the W3C's {@code traceparent}. */
        String traceparent();

        void ended(Inbox.@Nullable Stored stored, @Nullable Throwable failure);
    }

    /** Something under way on this thread, until it is closed. */
    interface Step extends AutoCloseable {
        Step UNSEEN = new Step() {};

        /** @param word a code or an outcome; never a message text */
        default void ended(String word) {}

        @Override
        default void close() {}
    }

    /** Null when nobody looks. */
    default @Nullable Arrival arrived(String channel) {
        return null;
    }

    /** @param step such as {@code read} */
    default Step importing(Receipts.Claimed receipt, String step) {
        return Step.UNSEEN;
    }

    default Step delivering(Claimed claimed) {
        return Step.UNSEEN;
    }
}

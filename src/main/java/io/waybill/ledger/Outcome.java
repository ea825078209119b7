package io.waybill.ledger;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of one attempt. */
public sealed interface Outcome {
    /** As meters and traces call it. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * Done; {@code externalId} and {@code url} where the destination told them.
     *
     * @param lookAgain after this time one more look for a twin; null when there can be none
     */
    record Delivered(@Nullable String externalId, @Nullable String url, @Nullable Duration lookAgain)
            implements Outcome {
        public Delivered(@Nullable String externalId, @Nullable String url) {
            this(externalId, url, null);
        }
    }

    /** The destination answered about this order, and may answer otherwise later. Counts as an attempt. */
    record Retry(String code, String error, Duration delay) implements Outcome {}

    /** It may have taken effect or not. Counts as an attempt. */
    record Ambiguous(String code, String error, Duration delay) implements Outcome {}

    /** The destination refused this order; a person or new data has to change something. */
    record Failed(String code, String error) implements Outcome {}

    /** Whether it took effect cannot be found out: a person decides. */
    record Unknown(String code, String error) implements Outcome {}

    /** Nothing was sent and nothing counts: the channel is away, or something else has to come first. */
    record Later(String reason, String code, String error, Duration delay) implements Outcome {
        @Override
        public String word() {
            return "postponed";
        }
    }

    /** There is nothing left to send: something newer is there already. */
    record Needless() implements Outcome {}

    /** The fact is about lines that the destination does not have: withheld. */
    record Strange() implements Outcome {}
}

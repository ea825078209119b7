package io.waybill.status;

import io.waybill.order.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a word probably means. A person looks at it before it counts.
 *
 * @param word as the system writes it
 * @param status null when nothing can be said
 * @param confidence from 0 (no idea) to 1
 * @param because in words
 */
public record Proposal(String word, @Nullable Status status, double confidence, String because) {
    /** What may stand in a draft; less sure ones are only shown. */
    public static final double LIKELY = 0.6;

    public boolean isLikely() {
        return status != null && confidence >= LIKELY;
    }
}

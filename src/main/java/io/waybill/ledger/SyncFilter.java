package io.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the sync log; null asks for no restriction.
 *
 * @param from started at or after
 * @param to started before
 * @param number of the order, with or without its #
 * @param channel where the run looked, or where the delivery went
 * @param task a task, such as import-orders, or a delivery's operation, such as create-order
 */
public record SyncFilter(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String number,
        @Nullable String channel,
        @Nullable String task,
        @Nullable SyncStatus status) {
    public static final SyncFilter ALL = new SyncFilter(null, null, null, null, null, null);

    /** What runs and attempts have in common. */
    Where where(@Nullable Cursor after, String id) {
        Where where = new Where().andIf(from, "started_at >= ?").andIf(to, "started_at < ?");
        return after == null ? where : where.and("(started_at, " + id + ") < (?, ?)", after.at(), after.id());
    }
}

package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The attempts of the sync log. Bodies stay where they are: a list has no use for them. */
final class SyncAttempts {
    private static final String COLUMNS =
            """
            delivery_id, number, order_id, channel, operation, started_at, finished_at, outcome, status, error_code, error""";

    private static final String NEWEST = " order by started_at desc, delivery_id desc limit ?";

    /**
     * There are few pairs of channel and operation: each is found by one probe of the index, and read along its own stretch
     * of it. Along the time alone, the few attempts of a quiet channel would be looked for among all.
     */
    private static final String BY_KIND =
            """
            with recursive kind as (
              (select channel, operation from attempt order by channel, operation limit 1)
              union all
              select next.channel, next.operation from kind cross join lateral (
                select channel, operation from attempt where (channel, operation) > (kind.channel, kind.operation)
                order by channel, operation limit 1) next)
            select a.* from kind cross join lateral (
              select %s from attempt where channel = kind.channel and operation = kind.operation and %s%s) a
            where %s""";

    private static final String BY_OUTCOME =
            """
            select a.* from unnest(?) as wanted (outcome) cross join lateral (
              select %s from attempt
              where outcome = wanted.outcome and outcome not in ('sending', 'delivered') and %s%s) a
            where true""";

    private static final String BY_NUMBER =
            """
            select %s from attempt
            where delivery_id in (
                select d.id from delivery d join orders o on o.id = d.order_id
                where lower(o.number) in (lower(?), '#' || lower(?)))
              and %s""";

    private final Db.Session session;
    private final SyncFilter filter;
    private final @Nullable Cursor after;

    SyncAttempts(Db.Session session, SyncFilter filter, @Nullable Cursor after) {
        this.session = session;
        this.filter = filter;
        this.after = after;
    }

    List<SyncEntry> list(int limit) throws SQLException {
        if (filter.number() != null) {
            return byNumber(filter.number(), limit);
        }
        SyncStatus status = filter.status();
        return status == null || status == SyncStatus.DONE || status == SyncStatus.RUNNING
                ? byKind(status, limit)
                : byOutcome(status, limit);
    }

    private List<SyncEntry> byKind(@Nullable SyncStatus status, int limit) throws SQLException {
        Where where = filter.where(after, "delivery_id");
        if (status != null) {
            where.and("outcome = '" + status.outcomes().get(0) + "'");
        }
        if (status == SyncStatus.RUNNING) {
            where.and("started_at > now() - interval '10 minutes'");
        }
        Where kinds =
                new Where().andIf(filter.channel(), "kind.channel = ?").andIf(filter.task(), "kind.operation = ?");
        return shown(
                BY_KIND.formatted(COLUMNS, where.sql(), NEWEST, kinds.sql()),
                joined(where.parameters(limit), kinds.parameters(limit)));
    }

    private List<SyncEntry> byOutcome(SyncStatus status, int limit) throws SQLException {
        Where where = ofKind(filter.where(after, "delivery_id"));
        return shown(
                BY_OUTCOME.formatted(COLUMNS, where.sql(), NEWEST),
                joined(new Object[] {status.outcomes().toArray(String[]::new)}, where.parameters(limit, limit)));
    }

    private List<SyncEntry> byNumber(String number, int limit) throws SQLException {
        Where where = ofKind(filter.where(after, "delivery_id"));
        SyncStatus status = filter.status();
        if (status != null) {
            where.and("outcome = any(?)", (Object) status.outcomes().toArray(String[]::new));
        }
        return shown(
                BY_NUMBER.formatted(COLUMNS, where.sql()),
                joined(new Object[] {number, number}, where.parameters(limit)));
    }

    private Where ofKind(Where where) {
        return where.andIf(filter.channel(), "channel = ?").andIf(filter.task(), "operation = ?");
    }

    private List<SyncEntry> shown(String attempts, @Nullable Object[] parameters) throws SQLException {
        return session.query(
                "select a.*, o.number as order_number from (" + attempts + NEWEST
                        + ") a join orders o on o.id = a.order_id",
                SyncAttempts::entry,
                parameters);
    }

    private static @Nullable Object[] joined(@Nullable Object[] first, @Nullable Object[] second) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    static SyncEntry entry(ResultSet row) throws SQLException {
        long delivery = row.getLong("delivery_id");
        int attempt = row.getInt("number");
        int status = row.getInt("status");
        return new SyncEntry(
                "delivery-" + delivery + "-" + attempt,
                "delivery",
                row.getString("channel"),
                row.getString("operation"),
                SyncStatus.ofAttempt(row.getString("outcome")),
                row.getTimestamp("started_at").toInstant(),
                Db.instant(row, "finished_at"),
                row.getLong("order_id"),
                row.getString("order_number"),
                delivery,
                attempt,
                row.getString("outcome"),
                status == 0 ? null : status,
                null,
                null,
                null,
                null,
                row.getString("error_code"),
                row.getString("error"));
    }
}

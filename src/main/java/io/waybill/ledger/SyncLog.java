package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Every run of a task and every attempt of a delivery, newest first. Nothing is written for it. */
public final class SyncLog {
    private static final Pattern ID = Pattern.compile("run-(\\d{1,18})|delivery-(\\d{1,18})-(\\d{1,9})");
    private static final Comparator<SyncEntry> NEWEST_FIRST = Comparator.comparing(SyncEntry::startedAt)
            .thenComparing(entry -> entry.cursor().id())
            .reversed();

    private final Db db;

    public SyncLog(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** @param cursor {@link Slice#next()} of the page before; null for the first */
    public Slice<SyncEntry> list(SyncFilter filter, @Nullable String cursor, int limit) {
        Cursor after = Cursor.parse(cursor);
        List<SyncEntry> oneMore = db.tx(session -> Stream.concat(
                        new SyncRuns(session, filter, after).list(limit + 1).stream(),
                        new SyncAttempts(session, filter, after).list(limit + 1).stream())
                .sorted(NEWEST_FIRST)
                .limit(limit + 1L)
                .toList());
        return Slice.of(oneMore, limit, entry -> entry.cursor().text());
    }

    public SyncWhole one(String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            throw unknown(id);
        }
        return db.tx(session -> {
            SyncWhole found = parts.group(1) == null
                    ? attempt(session, Long.parseLong(parts.group(2)), Integer.parseInt(parts.group(3)))
                    : run(session, Long.parseLong(parts.group(1)));
            if (found == null) {
                throw unknown(id);
            }
            return found;
        });
    }

    private static WaybillException unknown(String id) {
        return new WaybillException(
                ViewError.UNKNOWN_ENTRY,
                "The sync log has no entry \"" + id
                        + "\". It may be older than what is kept; take ids from GET /api/sync-log.");
    }

    private static @Nullable SyncWhole run(Db.Session session, long id) throws SQLException {
        return session.first(
                SyncRuns.COLUMNS + "where id = ?",
                row -> new SyncWhole(
                        SyncRuns.entry(row), null, null, null, null, null, Json.shown(row.getString("detail"))),
                id);
    }

    private static @Nullable SyncWhole attempt(Db.Session session, long delivery, int number) throws SQLException {
        return session.first(
                """
                select a.*, o.number as order_number, o.redacted_at, d.event_id,
                  coalesce((select e.id from event e where e.order_id = a.order_id and e.type = 'order' and a.revision > 0
                    and e.revision = a.revision), d.event_id) as mapped_event
                from attempt a join delivery d on d.id = a.delivery_id join orders o on o.id = a.order_id
                where a.delivery_id = ? and a.number = ? order by a.started_at desc limit 1""",
                row -> whole(session, row),
                delivery,
                number);
    }

    private static SyncWhole whole(Db.Session session, ResultSet row) throws SQLException {
        SyncEntry entry = SyncAttempts.entry(row);
        DeliveryTrail trail = new DeliveryTrail(session, row.getLong("delivery_id"), row.getLong("mapped_event"));
        return new SyncWhole(
                entry,
                Db.instant(row, "redacted_at"),
                trail.received(),
                trail.mapped(),
                trail.last("request", entry.startedAt()),
                trail.last("response", entry.startedAt()),
                null);
    }
}

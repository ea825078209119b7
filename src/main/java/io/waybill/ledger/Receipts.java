package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What came in, as it came in. The receive route stores receipts; importers claim them for one lease, and end each with
 * {@link Ledger#commit}, {@link #park}, {@link #later} or {@link #split}. Whoever holds an older fence writes nothing.
 */
public final class Receipts {
    private static final String PAYLOAD =
            " join receipt_body b on b.receipt_id = r.id and b.received_at = r.received_at ";

    private final Db db;
    private final String node;

    /** @param node the name of this server, the same after a restart */
    public Receipts(DataSource dataSource, String node) {
        this.db = new Db(dataSource);
        this.node = node;
    }

    /** At start: what an earlier life of this node held is due at once; nobody else can hold it. */
    public void reclaim() {
        db.update(
                "update receipt set leased_until = null, leased_by = null where leased_by = ? and due_at is not null",
                node);
    }

    /** At the end: what an import did not come to the end of is free for the next, and a late commit of it is refused. */
    public void release() {
        db.update(
                """
                update receipt set due_at = now(), leased_by = null, fence = fence + 1
                where leased_by = ? and state = 'waiting' and waits_for is null and due_at is not null""",
                node);
    }

    /** A receipt in the hands of one importer until its lease ends. */
    public record Claimed(
            long id,
            int fence,
            String channel,
            String topic,
            String eventId,
            Instant receivedAt,
            int attempts,
            String headers,
            byte[] body) {}

    public enum Repeat {
        DUPLICATE,
        CONFLICT
    }

    public record Repeated(Repeat kind, long receiptId) {}

    /**
     * Tells a repeated key apart: the same body is a duplicate; another body is kept beside the first, once, as a conflict
     * that is never imported.
     */
    public Repeated repeated(
            String channel, String topic, String eventId, byte[] bodyHash, String headers, byte[] body) {
        return db.tx(session -> {
            Repeated same = session.first(
                    "select id, body_hash from receipt where channel = ? and topic = ? and event_id = ? and not conflict",
                    row -> Arrays.equals(row.getBytes("body_hash"), bodyHash)
                            ? new Repeated(Repeat.DUPLICATE, row.getLong("id"))
                            : new Repeated(Repeat.CONFLICT, row.getLong("id")),
                    channel,
                    topic,
                    eventId);
            if (same == null) {
                throw new WaybillException(
                        LedgerError.DATABASE_UNAVAILABLE,
                        "The receipt was purged while it was repeated. Send it again.");
            }
            if (same.kind() == Repeat.CONFLICT) {
                keepConflict(session, channel, topic, eventId, bodyHash, headers, body);
            }
            return same;
        });
    }

    private static void keepConflict(
            Db.Session session,
            String channel,
            String topic,
            String eventId,
            byte[] bodyHash,
            String headers,
            byte[] body)
            throws SQLException {
        session.update(
                """
                with kept as (
                  insert into receipt (id, channel, topic, event_id, body_hash, conflict, state, due_at, error_code, error)
                  values (nextval('ledger_id'), ?, ?, ?, ?, true, 'conflict', null, 'event-conflict',
                          'The same event id arrived before with another body. The first one counts; compare the two.')
                  on conflict (channel, topic, event_id, body_hash) where conflict do nothing
                  returning id, received_at)
                insert into receipt_body (receipt_id, received_at, headers, body)
                select id, received_at, ?, ? from kept
                """,
                channel,
                topic,
                eventId,
                bodyHash,
                headers,
                body);
    }

    /** Claims receipts that are due, oldest first, for one lease. */
    public List<Claimed> claim(int max, Duration lease) {
        return db.tx(session -> session.query(
                """
                with due as (
                  select id from receipt where due_at <= now() and (leased_until is null or leased_until <= now())
                    order by due_at limit ? for update skip locked),
                r as (
                  update receipt set leased_until = now() + ? * interval '1 millisecond', fence = fence + 1, leased_by = ?
                  where receipt.id = any (array(select id from due))
                  returning receipt.*)
                select r.id, r.fence, r.channel, r.topic, r.event_id, r.received_at, r.attempts, b.headers, b.body
                from r """
                        + PAYLOAD + "order by r.id",
                Receipts::claimed,
                max,
                lease.toMillis(),
                node));
    }

    /** One that was imported long ago, to be read again; null once its body is gone. Nobody holds it. */
    public @Nullable Claimed again(long id) {
        return db
                .query(
                        """
                        select r.id, %d as fence, r.channel, r.topic, r.event_id, r.received_at, r.attempts, b.headers, b.body
                        from receipt r"""
                                        .formatted(Commit.BY_HAND)
                                + PAYLOAD + "where r.id = ? and length(b.body) > 0",
                        Receipts::claimed,
                        id)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        return new Claimed(
                row.getLong("id"),
                row.getInt("fence"),
                row.getString("channel"),
                row.getString("topic"),
                row.getString("event_id"),
                row.getTimestamp("received_at").toInstant(),
                row.getInt("attempts"),
                row.getString("headers"),
                row.getBytes("body"));
    }

    /** Parks a receipt alone, with what is wrong. It stays until somebody retries it. */
    public void park(long id, int fence, String code, @Nullable String path, String error) {
        db.update(
                """
                update receipt set state = 'parked', due_at = null, leased_until = null, waits_for = null, attempts = attempts + 1,
                  error_code = ?, error_path = ?, error = ?
                where id = ? and fence = ?""",
                code,
                path,
                error,
                id,
                fence);
    }

    /** Puts a receipt back for a while, saying why: it waits for its order, or the attempt failed on our side. */
    public void later(
            long id, int fence, Duration delay, String code, String why, @Nullable String waitsFor, boolean counts) {
        db.update(
                """
                update receipt set due_at = now() + ? * interval '1 millisecond', leased_until = null, leased_by = null,
                  waits_for = ?,
                  attempts = attempts + ?, error_code = ?, error = ?
                where id = ? and fence = ?""",
                delay.toMillis(),
                waitsFor,
                counts ? 1 : 0,
                code,
                why,
                id,
                fence);
    }

    /** Takes an array apart: every element becomes a receipt of its own, so that a bad one parks alone. */
    public void split(Claimed receipt, String topic, List<byte[]> elements) {
        db.tx(session -> {
            int open = session.update(
                    "update receipt set state = 'split', due_at = null, leased_until = null where id = ? and fence = ?",
                    receipt.id(),
                    receipt.fence());
            for (int i = 0; open == 1 && i < elements.size(); i++) {
                storeElement(session, receipt, topic, i, elements.get(i));
            }
            return open;
        });
    }

    private static void storeElement(Db.Session session, Claimed parent, String topic, int index, byte[] element)
            throws SQLException {
        session.update(
                """
                with kept as (
                  insert into receipt (id, channel, topic, event_id, body_hash, parent_id, received_at)
                  values (nextval('ledger_id'), ?, ?, ?, sha256(?), ?, ?)
                  on conflict (channel, topic, event_id) where not conflict do nothing
                  returning id, received_at)
                insert into receipt_body (receipt_id, received_at, headers, body)
                select id, received_at, ?, ? from kept
                """,
                parent.channel(),
                topic,
                parent.eventId() + "[" + index + "]",
                element,
                parent.id(),
                parent.receivedAt(),
                parent.headers(),
                element);
    }

    /** How many receipts wait to be imported. */
    public long waiting() {
        return db.query("select count(*) from receipt where due_at is not null", row -> row.getLong(1))
                .get(0);
    }
}

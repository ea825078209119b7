package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Takes the personal data out of all that is kept of one order. */
final class RedactOrder {
    /** The order as it was when its turn was found to have come. */
    record Seen(long id, String channel, String externalId, int changes) {}

    private record Told(long id, String type, String payload, String decisions) {}

    private final Db.Session session;
    private final Seen order;

    RedactOrder(Db.Session session, Seen order) {
        this.session = session;
        this.order = order;
    }

    /** @return false when the order changed meanwhile: it has its turn again */
    boolean run() throws SQLException {
        session.query(
                "select pg_advisory_xact_lock(?)", row -> 1, CommitBatch.lock(order.channel(), order.externalId()));
        int unchanged = session.update(
                "update orders set redacted_at = now() where id = ? and changes = ? and redacted_at is null",
                order.id(),
                order.changes());
        if (unchanged == 0) {
            return false;
        }
        List<Told> events = session.query(
                "select id, type, payload, decisions from event where order_id = ?",
                row -> new Told(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)),
                order.id());
        labels(events);
        events(events);
        Issues.lock(session);
        receipts();
        deliveries();
        issues();
        audit();
        return true;
    }

    /** Refuses to send an order whose customer and addresses are gone. */
    static void refuse(Db.Session session, Known known) throws SQLException {
        Instant since = session.first(
                "select redacted_at from orders where id = ? and redacted_at is not null",
                row -> row.getTimestamp(1).toInstant(),
                known.id());
        if (since != null) {
            throw new WaybillException(
                    LedgerError.WRONG_STATE_REDACTED,
                    "Order " + known.number() + " cannot be sent again: its personal data was taken out at " + since
                            + ". Let the source send it again first.");
        }
    }

    private void events(List<Told> events) throws SQLException {
        session.update(
                """
                update event e set payload = x.payload, decisions = x.decisions
                from unnest(?, ?, ?) as x (id, payload, decisions) where e.id = x.id""",
                events.stream().map(Told::id).toArray(Long[]::new),
                events.stream().map(e -> PersonalData.outOfEvent(e.payload())).toArray(String[]::new),
                events.stream()
                        .map(e -> PersonalData.outOfDecisions(e.decisions()))
                        .toArray(String[]::new));
    }

    /** Bytes are stored once by content: they go unless another order refers to the same. */
    private void labels(List<Told> events) throws SQLException {
        List<byte[]> hashes = new ArrayList<>(events.stream()
                .filter(e -> e.type().equals("label"))
                .map(e -> Json.own(e.payload()).path("data").asText())
                .filter(data -> data.startsWith("sha256:"))
                .map(data -> HexFormat.of().parseHex(data.substring("sha256:".length())))
                .toList());
        session.query(
                "select source, pdf from document where order_id = ?",
                row -> hashes.add(row.getBytes(1)) && hashes.add(row.getBytes(2)),
                order.id());
        session.update(
                """
                update document set source = null, pdf = null, warnings = '{}',
                  error = case when error is not null then '[redacted]' end
                where order_id = ?""",
                order.id());
        session.update(
                """
                delete from blob b where sha256 = any(?)
                  and not exists (select 1 from document d where d.source = b.sha256)
                  and not exists (select 1 from document d where d.pdf = b.sha256)
                  and not exists (select 1 from event e join orders o on o.id = e.order_id
                    where e.type = 'label' and e.payload::jsonb ->> 'data' = 'sha256:' || encode(b.sha256, 'hex')
                      and o.redacted_at is null)""",
                (Object) hashes.stream().filter(Objects::nonNull).toArray(byte[][]::new));
    }

    /** Those that became its events, those that said nothing new, the arrays they stood in, and others under the same id. */
    private void receipts() throws SQLException {
        Long[] ids = session.query(
                        """
                        with own as (
                          select r.id, r.parent_id, r.channel, r.topic, r.event_id from receipt r
                          where r.id in (select receipt_id from event where order_id = ?)
                          union
                          select r.id, r.parent_id, r.channel, r.topic, r.event_id from receipt r where r.repeats_order = ?)
                        select id from own
                        union
                        select receipt_id from event where order_id = ? and receipt_id is not null
                        union
                        select parent_id from own where parent_id is not null
                        union
                        select c.id from own join receipt c on c.channel = own.channel and c.topic = own.topic
                          and c.event_id = own.event_id and c.conflict""",
                        row -> row.getLong(1),
                        order.id(),
                        order.id(),
                        order.id())
                .toArray(Long[]::new);
        session.update("update receipt_body set body = '', headers = '{}' where receipt_id = any(?)", (Object) ids);
        session.update("update receipt set error = '[redacted]' where id = any(?) and error is not null", (Object) ids);
        session.update("update issue set message = null where kind = 'receipt' and newest = any(?)", (Object) ids);
    }

    private void deliveries() throws SQLException {
        session.update(
                """
                update attempt set request = null, response = null, error = case when error is not null then '[redacted]' end
                where delivery_id in (select id from delivery where order_id = ?)""",
                order.id());
        session.update("update delivery set error = '[redacted]' where order_id = ? and error is not null", order.id());
    }

    private void issues() throws SQLException {
        session.update(
                """
                update issue set message = null
                where kind = 'delivery' and newest in (select id from delivery where order_id = ?)""",
                order.id());
    }

    /** Who did what, and when, stays; what they wrote about it goes. */
    private void audit() throws SQLException {
        session.update(
                """
                update audit set detail = (detail::jsonb - array['reason', 'note', 'text'])::text where order_id = ?""",
                order.id());
    }
}

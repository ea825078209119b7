package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Sends a fact, that was withheld from a channel, there after all: as itself, under the key that it would have had. */
final class SendNow {
    private final Db.Session session;
    private final Known known;
    private final KnownFact fact;
    private final Decided decided;

    SendNow(Db.Session session, Known known, KnownFact fact, Decided decided) {
        this.session = session;
        this.known = known;
        this.fact = fact;
        this.decided = decided;
    }

    /** The delivery that carries it; none when the order changed since it was looked at. */
    OptionalLong run(String by) throws SQLException {
        session.query(
                "select pg_advisory_xact_lock(?)", row -> 1, CommitBatch.lock(known.channel(), known.externalId()));
        int unchanged = session.update(
                "update orders set changes = changes + 1 where id = ? and changes = ?", known.id(), known.changes());
        if (unchanged == 0) {
            return OptionalLong.empty();
        }
        RedactOrder.refuse(session, known);
        session.update(
                """
                update delivery set state = 'superseded', reason = 'by-hand'
                where order_id = ? and event_id = ? and channel = ? and state = 'withheld'""",
                known.id(),
                fact.eventId(),
                decided.channel());
        new LaneWriter(session).write(List.of(work()));
        long sent = waiting();
        AuditLog.write(
                session,
                by,
                "send",
                known.id(),
                "delivery " + sent,
                Map.of("channel", decided.channel(), "operation", decided.operation()));
        return OptionalLong.of(sent);
    }

    private LaneWork work() {
        return new LaneWork(
                known.id(),
                fact.eventId(),
                known.channel(),
                known.externalId(),
                false,
                fact.from(),
                fact.event(),
                fact.event().id(),
                known.cancelled(),
                known.revision(),
                List.of(decided),
                null);
    }

    private long waiting() throws SQLException {
        Long sent = session.first(
                """
                select max(id) from delivery
                where order_id = ? and event_id = ? and channel = ? and state = 'waiting' having count(*) > 0""",
                row -> row.getLong(1),
                known.id(),
                fact.eventId(),
                decided.channel());
        if (sent == null) {
            throw new WaybillException(
                    LedgerError.WRONG_STATE,
                    "Order " + known.number() + " is not at " + decided.channel()
                            + ", or none of the lines in question. Push it there first.");
        }
        return sent;
    }
}

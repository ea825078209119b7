package io.waybill.ledger;

import io.waybill.order.EventType;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries out decisions on an order's newest state without a new event. */
final class PushNow {
    private final Db.Session session;
    private final Known known;
    private final @Nullable List<String> lines;
    private final String by;

    PushNow(Db.Session session, Known known, @Nullable List<String> lines, String by) {
        this.session = session;
        this.known = known;
        this.lines = lines;
        this.by = by;
    }

    /** @return false when the order changed since it was looked at: decide again */
    boolean run(List<Decided> decisions) throws SQLException {
        session.query(
                "select pg_advisory_xact_lock(?)", row -> 1, CommitBatch.lock(known.channel(), known.externalId()));
        @Nullable
        Long eventId = session.first(
                "select event_id from orders where id = ? and changes = ?",
                row -> row.getLong(1),
                known.id(),
                known.changes());
        if (eventId == null) {
            return false;
        }
        RedactOrder.refuse(session, known);
        session.update("update orders set changes = changes + 1 where id = ?", known.id());
        keep(eventId, decisions);
        new LaneWriter(session)
                .write(List.of(new LaneWriter.Work(
                        known.id(),
                        eventId,
                        known.channel(),
                        known.externalId(),
                        false,
                        EventType.ORDER,
                        false,
                        null,
                        known.revision(),
                        decisions,
                        lines)));
        session.update(
                """
                insert into audit (id, by, action, order_id, subject, detail)
                values (nextval('ledger_id'), ?, 'push', ?, ?, json_build_object('lines', ?::text[])::text)""",
                by,
                known.id(),
                decisions.stream().map(Decided::channel).collect(Collectors.joining(", ")),
                lines == null ? new String[0] : lines.toArray(String[]::new));
        return true;
    }

    /** What was decided for other destinations stays in force. */
    private void keep(long eventId, List<Decided> decisions) throws SQLException {
        session.update(
                """
                update event set decisions = (
                  select coalesce(jsonb_agg(d), '[]')::text
                  from (
                    select d from jsonb_array_elements(decisions::jsonb) d where d ->> 'channel' <> all(?)
                    union all
                    select d from jsonb_array_elements(?::jsonb) d) kept)
                where id = ?""",
                decisions.stream().map(Decided::channel).toArray(String[]::new),
                CommitBatch.json(decisions),
                eventId);
    }
}

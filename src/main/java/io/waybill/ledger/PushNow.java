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
        session.update("update orders set changes = changes + 1 where id = ?", known.id());
        session.update("update event set decisions = ? where id = ?", CommitBatch.json(decisions), eventId);
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
}

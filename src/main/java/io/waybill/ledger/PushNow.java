package io.waybill.ledger;

import io.waybill.order.OrderChanged;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries out decisions on an order's newest state without a new event. */
final class PushNow {
    private final Db.Session session;
    private final Known known;
    private final Push push;

    PushNow(Db.Session session, Known known, Push push) {
        this.session = session;
        this.known = known;
        this.push = push;
    }

    /** None when the order changed since it was looked at: decide again. */
    Optional<Set<String>> run(List<Decided> decisions) throws SQLException {
        session.query(
                "select pg_advisory_xact_lock(?)", row -> 1, CommitBatch.lock(known.channel(), known.externalId()));
        @Nullable
        Long eventId = session.first(
                "select event_id from orders where id = ? and changes = ? for no key update",
                row -> row.getLong(1),
                known.id(),
                known.changes());
        if (eventId == null) {
            return Optional.empty();
        }
        RedactOrder.refuse(session, known);
        session.update(
                "update orders set changes = changes + 1, tags = coalesce(?::text[], tags) where id = ?",
                push.tags() == null ? null : push.tags().toArray(String[]::new),
                known.id());
        keep(eventId, decisions);
        Set<String> due = new LaneWriter(session).write(List.of(work(eventId, decisions)));
        Shadowed.overtaken(session, known.id(), due.toArray(String[]::new));
        Quantities quantities = new Quantities(session);
        quantities.load(List.of(known.id()));
        quantities.of(known.id()).decide(known.newest(), known.cancelled(), decisions);
        quantities.write();
        audit(decisions);
        return Optional.of(due);
    }

    private LaneWork work(long eventId, List<Decided> decisions) {
        return new LaneWork(
                known.id(),
                eventId,
                known.channel(),
                known.externalId(),
                false,
                known.channel(),
                new OrderChanged(known.newest()),
                null,
                known.cancelled(),
                known.revision(),
                decisions,
                new LaneWork.Hand(push.lines(), push.isByRules()));
    }

    private void audit(List<Decided> decisions) throws SQLException {
        AuditLog.write(
                session,
                push.by(),
                push.isByRules() ? "apply-rules" : "push",
                known.id(),
                decisions.stream().map(Decided::channel).collect(Collectors.joining(", ")),
                Map.of("lines", push.lines(), "force", push.force()));
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

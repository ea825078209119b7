package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one order, in time order. Nothing is written for it: it is read from events, their decisions,
 * deliveries, attempts and the audit log.
 */
final class Timeline {
    /** Of an order that keeps failing, the newest attempts are enough. */
    private static final int ATTEMPTS = 500;

    private final Db.Session session;
    private final long order;
    private final List<TimelineEntry> entries = new ArrayList<>();

    Timeline(Db.Session session, long order) {
        this.session = session;
        this.order = order;
    }

    List<TimelineEntry> entries() throws SQLException {
        session.query("select * from event where order_id = ? order by id", this::addEvent, order);
        session.query(
                """
                select * from delivery where order_id = ? and state in ('withheld', 'superseded', 'void') order by id""",
                this::addDropped,
                order);
        session.query(
                "select * from attempt where delivery_id in (select id from delivery where order_id = ?)"
                        + " order by started_at desc limit " + ATTEMPTS,
                this::addAttempt,
                order);
        session.query("select * from audit where order_id = ? order by id", this::addAction, order);
        session.query(
                "select redacted_at from orders where id = ? and redacted_at is not null", this::addRedaction, order);
        // Stable: what happened in one transaction keeps the order in which it was read.
        entries.sort(Comparator.comparing(TimelineEntry::at));
        return entries;
    }

    private boolean addEvent(ResultSet row) throws SQLException {
        Instant at = row.getTimestamp("recorded_at").toInstant();
        long id = row.getLong("id");
        String outcome = row.getString("outcome");
        String type = row.getString("type");
        entries.add(new TimelineEntry(
                at,
                outcome.equals("applied") ? "received" : outcome,
                row.getString("channel"),
                type,
                row.getString("event_key"),
                id,
                null,
                null));
        for (JsonNode decision : Json.own(row.getString("decisions"))) {
            entries.add(decided(at, id, type, decision));
        }
        return true;
    }

    private static TimelineEntry decided(Instant at, long event, String type, JsonNode decision) {
        String verdict = decision.path("verdict").asText();
        String reason = decision.path("reason").asText();
        return new TimelineEntry(
                at,
                "decided",
                decision.path("channel").asText(),
                type,
                reason.isEmpty() ? verdict : verdict + ": " + reason,
                event,
                null,
                null);
    }

    private boolean addDropped(ResultSet row) throws SQLException {
        Instant finished = Db.instant(row, "finished_at");
        return entries.add(new TimelineEntry(
                finished == null ? row.getTimestamp("created_at").toInstant() : finished,
                row.getString("state"),
                row.getString("channel"),
                row.getString("operation"),
                row.getString("reason"),
                row.getLong("event_id"),
                row.getLong("id"),
                row.getString("error_code")));
    }

    private boolean addAttempt(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        @Nullable Instant finished = Db.instant(row, "finished_at");
        return entries.add(new TimelineEntry(
                finished == null ? row.getTimestamp("started_at").toInstant() : finished,
                List.of("delivered", "failed", "unknown").contains(outcome) ? outcome : "attempt",
                row.getString("channel"),
                row.getString("operation"),
                row.getString("error") == null ? outcome : outcome + ": " + row.getString("error"),
                null,
                row.getLong("delivery_id"),
                row.getString("error_code")));
    }

    private boolean addRedaction(ResultSet row) throws SQLException {
        return entries.add(new TimelineEntry(
                row.getTimestamp("redacted_at").toInstant(),
                "redacted",
                null,
                "personal data",
                "taken out",
                null,
                null,
                null));
    }

    private boolean addAction(ResultSet row) throws SQLException {
        return entries.add(new TimelineEntry(
                row.getTimestamp("at").toInstant(),
                "action",
                null,
                row.getString("action"),
                "by " + row.getString("by"),
                null,
                null,
                null));
    }
}

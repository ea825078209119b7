package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.EventJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries withheld in shadow mode, until what would have been sent is written down with them. Each is rendered once: with
 * the event and the decision it was withheld with.
 */
public final class Shadowed {
    private final Db db;

    public Shadowed(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * What would have left.
     *
     * @param request null where there is none to show
     * @param error why nothing could have been sent
     */
    public record Rendered(
            @Nullable String request,
            @Nullable String errorCode,
            @Nullable String error,
            @Nullable String deployment) {}

    private static final String NEXT =
            """
            select d.id as delivery_id, d.order_id, d.event_id, d.channel, d.operation, d.key, d.line_ids, d.choice,
              o.channel as source, o.external_id as source_order_id, o.number, o.revision as newest_revision,
              e.payload, e.type, e.decisions, coalesce(e.revision, 0) as revision,
              l.id as lane_id, coalesce(l.part, 1) as part, l.external_id, l.reference, coalesce(l.sent_revision, 0) as sent_revision
            from (
              select w.* from delivery w join orders held on held.id = w.order_id
              where w.state = 'withheld' and w.reason = 'shadow' and w.shadowed_at is null and held.redacted_at is null
              order by w.id limit ? for update of w skip locked) d
            join orders o on o.id = d.order_id
            join event e on e.id = d.event_id
            left join lane l on l.id = d.lane_id""";

    /** Answers how many it wrote down. Several nodes share the work. */
    public int record(int most, Function<Claimed, Rendered> render) {
        return db.tx(session -> {
            List<Claimed> next = session.query(NEXT, Shadowed::claimed, most);
            for (Claimed claimed : next) {
                write(session, claimed, render.apply(claimed));
            }
            return next.size();
        });
    }

    private static void write(Db.Session session, Claimed claimed, Rendered rendered) throws SQLException {
        session.update("update delivery set shadowed_at = now() where id = ?", claimed.deliveryId());
        session.update(
                """
                insert into attempt (delivery_id, number, order_id, channel, operation, revision, finished_at, outcome,
                  deployment, request, error_code, error)
                values (?, 0, ?, ?, ?, ?, now(), 'shadow', ?, ?, ?, ?)""",
                claimed.deliveryId(),
                claimed.orderId(),
                claimed.channel(),
                claimed.operation(),
                claimed.revision(),
                rendered.deployment(),
                rendered.request(),
                rendered.errorCode(),
                rendered.error());
    }

    /** Once an order is on its way to these channels, what was withheld of its state there is history. */
    static void overtaken(Db.Session session, long orderId, String[] channels) throws SQLException {
        session.update(
                """
                update delivery set state = 'superseded', reason = 'newer'
                where order_id = ? and channel = any(?) and state = 'withheld' and reason = 'shadow'
                  and operation in ('create-order', 'update-order')""",
                orderId,
                channels);
    }

    /** The same for one fact. */
    static void factOvertaken(Db.Session session, long eventId, String[] channels) throws SQLException {
        session.update(
                """
                update delivery d set state = 'superseded', reason = 'newer' from event e
                where e.id = ? and d.order_id = e.order_id and d.event_id = e.id and d.channel = any(?)
                  and d.state = 'withheld' and d.reason = 'shadow'""",
                eventId,
                channels);
    }

    private static Claimed claimed(ResultSet row) throws SQLException {
        Event event = EventJson.read(row.getString("payload").getBytes(StandardCharsets.UTF_8));
        java.sql.Array lines = row.getArray("line_ids");
        String channel = row.getString("channel");
        @Nullable Decided decided = decided(row.getString("decisions"), channel);
        String reference = row.getString("reference");
        return new Claimed(
                row.getLong("delivery_id"),
                row.getLong("lane_id"),
                0,
                row.getLong("order_id"),
                row.getLong("event_id"),
                channel,
                row.getString("operation"),
                row.getString("key"),
                row.getString("source"),
                row.getString("source_order_id"),
                row.getString("number"),
                row.getInt("part"),
                row.getString("external_id"),
                reference == null && decided != null ? decided.reference() : reference,
                0,
                event,
                false,
                row.getInt("revision"),
                row.getInt("newest_revision"),
                row.getInt("sent_revision"),
                decided == null ? Overlay.NONE : decided.overlay(),
                lines == null ? null : List.of((String[]) lines.getArray()),
                row.getInt("choice"),
                0,
                false,
                null);
    }

    private static @Nullable Decided decided(String decisions, String channel) {
        return Decided.read(decisions).stream()
                .filter(d -> d.channel().equals(channel))
                .findFirst()
                .orElse(null);
    }
}

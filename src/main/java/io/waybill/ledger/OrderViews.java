package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Orders as people look at them. Lists run along an index, newest received first, and never count what they leave out. */
public final class OrderViews {
    private final Db db;

    public OrderViews(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** @param cursor {@link Slice#next()} of the page before; null for the first */
    public Slice<OrderRow> list(OrderFilter filter, @Nullable String cursor, int limit) {
        Where where = where(filter, cursor);
        return db.tx(session -> {
            where.andIf(FewOfMany.orders(session, filter), "o.id = any(?)");
            Slice<OrderRow> slice = Slice.of(
                    session.query(sql(where), OrderRow::read, where.parameters(limit + 1)), limit, row -> row.cursor()
                            .text());
            return new Slice<>(withDestinations(session, slice.items()), slice.next());
        });
    }

    private static Where where(OrderFilter filter, @Nullable String cursor) {
        Where where = filter.where();
        Cursor after = Cursor.parse(cursor);
        return after == null ? where : where.and("(o.received_at, o.id) < (?, ?)", after.at(), after.id());
    }

    private static String sql(Where where) {
        return "select o.* from orders o where " + where.sql() + " order by o.received_at desc, o.id desc limit ?";
    }

    private static List<OrderRow> withDestinations(Db.Session session, List<OrderRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<Long, List<Standing>> found =
                Standings.of(session, rows.stream().map(OrderRow::id).toArray(Long[]::new));
        return rows.stream()
                .map(row -> row.with(found.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /** One order whole. */
    public OrderWhole one(long id) {
        return db.tx(session -> {
            List<OrderRow> rows = withDestinations(
                    session, session.query("select o.* from orders o where o.id = ?", OrderRow::read, id));
            if (rows.isEmpty()) {
                throw ViewError.UNKNOWN_ORDER.of(id);
            }
            return new OrderReading(session, rows.get(0)).whole();
        });
    }

    /** Refuses an id that is no order's. */
    public void require(long id) {
        if (db.query("select 1 from orders where id = ?", row -> 1, id).isEmpty()) {
            throw ViewError.UNKNOWN_ORDER.of(id);
        }
    }

    /** Why it went where it went: every event's decisions, newest event first. */
    public Why why(long id) {
        return db.tx(session -> {
            String number = session.first("select number from orders where id = ?", row -> row.getString(1), id);
            if (number == null) {
                throw ViewError.UNKNOWN_ORDER.of(id);
            }
            return new Why(
                    id,
                    number,
                    session.query(
                            """
                            select e.id, e.type, e.revision, e.channel, e.outcome, e.recorded_at, e.decisions,
                              e.id = o.event_id as newest
                            from event e join orders o on o.id = e.order_id where e.order_id = ? order by e.id desc""",
                            row -> new Why.DecidedEvent(
                                    row.getLong("id"),
                                    row.getString("type"),
                                    row.getObject("revision", Integer.class),
                                    row.getString("channel"),
                                    row.getString("outcome"),
                                    row.getTimestamp("recorded_at").toInstant(),
                                    row.getBoolean("newest"),
                                    Json.own(row.getString("decisions"))),
                            id));
        });
    }

    /** Orders that hold a customer's words stay what the source said: canonical JSON of the newest state. */
    static @Nullable JsonNode order(@Nullable String payload) {
        return payload == null ? null : Json.own(payload).get("order");
    }
}

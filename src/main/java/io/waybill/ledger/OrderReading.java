package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one order whole, table by table. */
final class OrderReading {
    private final Db.Session session;
    private final OrderRow row;

    OrderReading(Db.Session session, OrderRow row) {
        this.session = session;
        this.row = row;
    }

    private record Newest(int revision, String payload) {}

    OrderWhole whole() throws SQLException {
        Newest newest = Objects.requireNonNull(session.first(
                "select o.revision, e.payload from orders o join event e on e.id = o.event_id where o.id = ?",
                found -> new Newest(found.getInt(1), found.getString(2)),
                row.id()));
        JsonNode order = Objects.requireNonNull(OrderViews.order(newest.payload()));
        List<DeliveryRow> deliveries = session.query(
                "select * from delivery_shown where order_id = ? order by id", DeliveryRow::read, row.id());
        return new OrderWhole(
                row,
                order,
                newest.revision(),
                lines(order),
                links(),
                events(),
                deliveries,
                DocumentViews.of(session, row.id()),
                new Timeline(session, row.id()).entries());
    }

    private List<OrderWhole.Line> lines(JsonNode order) throws SQLException {
        Map<String, Map<String, OrderWhole.Quantity>> quantities = quantities();
        Map<String, Map<String, Integer>> facts = factQuantities();
        List<OrderWhole.Line> lines = new ArrayList<>();
        for (JsonNode line : order.path("lines")) {
            String id = line.path("id").asText();
            lines.add(new OrderWhole.Line(
                    id,
                    text(line, "sku"),
                    text(line, "title"),
                    line.path("quantity").asInt(),
                    told(line, "cancelled", facts, "cancellation"),
                    told(line, "shipped", facts, "shipment"),
                    told(line, "returned", facts, "return"),
                    quantities.getOrDefault(id, Map.of())));
        }
        return lines;
    }

    /** Sources tell it in the order's state, as facts of their own, or both: the larger number counts. */
    private static int told(JsonNode line, String member, Map<String, Map<String, Integer>> facts, String type) {
        int state = line.path(member).asInt();
        int told =
                facts.getOrDefault(type, Map.of()).getOrDefault(line.path("id").asText(), 0);
        return Math.max(state, told);
    }

    private Map<String, Map<String, OrderWhole.Quantity>> quantities() throws SQLException {
        Map<String, Map<String, OrderWhole.Quantity>> result = new HashMap<>();
        session.query(
                "select * from line_push(?)",
                found -> result.computeIfAbsent(found.getString("line_id"), id -> new TreeMap<>())
                        .put(
                                found.getString("channel"),
                                new OrderWhole.Quantity(found.getInt("wanted"), found.getInt("pushed"))),
                row.id());
        return result;
    }

    private Map<String, Map<String, Integer>> factQuantities() throws SQLException {
        Map<String, Map<String, Integer>> result = new HashMap<>();
        session.query(
                """
                select e.type, x.id, sum(x.quantity)::int as quantity
                from event e cross join lateral jsonb_to_recordset(
                  case jsonb_typeof(e.payload::jsonb -> 'lines') when 'array' then e.payload::jsonb -> 'lines' else '[]' end)
                  as x (id text, quantity int)
                where e.order_id = ? and e.outcome = 'applied' and e.type in ('cancellation', 'shipment', 'return')
                group by e.type, x.id""",
                found -> result.computeIfAbsent(found.getString("type"), type -> new HashMap<>())
                        .put(found.getString("id"), found.getInt("quantity")),
                row.id());
        return result;
    }

    private List<OrderWhole.Link> links() throws SQLException {
        List<OrderWhole.Link> links = new ArrayList<>();
        links.add(new OrderWhole.Link(row.channel(), "source", 1, row.externalId(), row.url(), null));
        links.addAll(session.query(
                """
                select * from lane where order_id = ? and channel <> ? and (external_id is not null or sent_revision > 0)
                order by channel, part""",
                found -> new OrderWhole.Link(
                        found.getString("channel"),
                        "destination",
                        found.getInt("part"),
                        found.getString("external_id"),
                        found.getString("url"),
                        found.getString("reference")),
                row.id(),
                row.channel()));
        return links;
    }

    private List<OrderWhole.Event> events() throws SQLException {
        return session.query("select * from event where order_id = ? order by id", OrderReading::event, row.id());
    }

    private static OrderWhole.Event event(ResultSet found) throws SQLException {
        return new OrderWhole.Event(
                found.getLong("id"),
                found.getString("type"),
                found.getString("event_key"),
                found.getObject("revision", Integer.class),
                found.getString("channel"),
                found.getObject("receipt_id", Long.class),
                found.getString("outcome"),
                Db.instant(found, "at"),
                found.getTimestamp("recorded_at").toInstant());
    }

    private static @Nullable String text(JsonNode node, String member) {
        return node.path(member).isMissingNode() ? null : node.path(member).asText();
    }
}

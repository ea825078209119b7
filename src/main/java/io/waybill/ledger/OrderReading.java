package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
        Tally tally = Quantities.read(session, row.id());
        List<OrderWhole.Line> lines = new ArrayList<>();
        for (JsonNode line : order.path("lines")) {
            String id = line.path("id").asText();
            Tally.Count told = tally.at(Tally.ORDER, id);
            lines.add(new OrderWhole.Line(
                    id,
                    text(line, "sku"),
                    text(line, "title"),
                    line.path("quantity").asInt(),
                    told(line, "cancelled", told.cancelled()),
                    told(line, "shipped", told.shipped()),
                    told(line, "returned", told.returned()),
                    destinations(tally, id)));
        }
        return lines;
    }

    /** Sources tell it in the order's state, as facts of their own, or both: the larger number counts. */
    private static int told(JsonNode line, String member, int byFacts) {
        return Math.max(line.path(member).asInt(), byFacts);
    }

    private static Map<String, OrderWhole.Quantity> destinations(Tally tally, String line) {
        Map<String, OrderWhole.Quantity> result = new TreeMap<>();
        tally.channels().forEach(channel -> result.put(channel, OrderWhole.Quantity.of(tally.at(channel, line))));
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

package io.waybill.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps the quantity ledger and the push states of many orders, inside the transaction that changes them. Whoever uses it
 * holds the orders' rows ({@link #lock}); so what is stored always equals what the ledger says.
 */
final class Quantities {
    private final Db.Session session;
    private final Map<Long, Tally> tallies = new HashMap<>();

    Quantities(Db.Session session) {
        this.session = session;
    }

    /** Rows of orders are locked before those of lanes, and in the order of their ids. */
    static void lock(Db.Session session, Long[] orders) throws SQLException {
        if (orders.length == 0) {
            return;
        }
        session.query(
                "select 1 from orders where id = any(?) order by id for no key update", row -> 1, (Object) orders);
    }

    /** Reads what is stored of these orders. */
    void load(Collection<Long> orders) throws SQLException {
        if (orders.isEmpty()) {
            return;
        }
        orders.forEach(id -> tallies.put(id, new Tally()));
        session.query(
                "select order_id, channel, counts from quantity where order_id = any(?)",
                row -> {
                    Tally tally = of(row.getLong("order_id"));
                    String channel = row.getString("channel");
                    read(row.getString("counts"))
                            .forEach((line, count) -> tally.restore(new Tally.Place(channel, line), count));
                    return row;
                },
                (Object) orders.toArray(Long[]::new));
    }

    private static Map<String, Tally.Count> read(String counts) {
        try {
            Map<String, Tally.Count> lines = new HashMap<>();
            EventJson.MAPPER
                    .readTree(counts)
                    .fields()
                    .forEachRemaining(line -> lines.put(line.getKey(), count(line.getValue())));
            return lines;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds quantities that cannot be read", e);
        }
    }

    private static Tally.Count count(JsonNode counts) {
        return new Tally.Count(
                counts.get(0).isNull() ? null : Integer.valueOf(counts.get(0).intValue()),
                counts.get(1).intValue(),
                counts.get(2).intValue(),
                counts.get(3).intValue(),
                counts.get(4).intValue(),
                counts.get(5).intValue());
    }

    /** The ledger of one order; empty for one that is new. */
    Tally of(long order) {
        return tallies.computeIfAbsent(order, id -> new Tally());
    }

    /** Writes what changed, and the push state of every order that was touched. */
    void write() throws SQLException {
        writeCounts();
        writeStates();
    }

    private void writeCounts() throws SQLException {
        List<Long> orders = new ArrayList<>();
        List<String> channels = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        tallies.forEach((order, tally) -> tally.changed().forEach(channel -> {
            orders.add(order);
            channels.add(channel);
            counts.add(written(tally.of(channel)));
        }));
        if (orders.isEmpty()) {
            return;
        }
        session.update(
                """
                insert into quantity (order_id, channel, counts)
                select order_id, channel, counts::json from unnest(?, ?, ?) as x (order_id, channel, counts)
                on conflict (order_id, channel) do update set counts = excluded.counts""",
                orders.toArray(Long[]::new),
                channels.toArray(String[]::new),
                counts.toArray(String[]::new));
    }

    private static String written(Map<String, Tally.Count> lines) {
        ObjectNode counts = EventJson.MAPPER.createObjectNode();
        lines.forEach((line, count) -> counts.putArray(line)
                .add(count.part())
                .add(count.wanted())
                .add(count.pushed())
                .add(count.cancelled())
                .add(count.shipped())
                .add(count.returned()));
        return counts.toString();
    }

    private record Standing(long order, boolean cancelled, boolean delivered, String stored) {}

    private void writeStates() throws SQLException {
        List<Standing> standings = session.query(
                """
                select o.id, o.cancelled, o.push,
                  exists (select 1 from lane l where l.order_id = o.id and l.sent_revision > 0) as delivered
                from orders o where o.id = any(?)""",
                row -> new Standing(
                        row.getLong("id"),
                        row.getBoolean("cancelled"),
                        row.getBoolean("delivered"),
                        row.getString("push")),
                (Object) tallies.keySet().toArray(Long[]::new));
        List<Standing> changed =
                standings.stream().filter(s -> !s.stored().equals(state(s))).toList();
        if (!changed.isEmpty()) {
            session.update(
                    "update orders o set push = x.push from unnest(?, ?) as x (id, push) where o.id = x.id",
                    changed.stream().map(Standing::order).toArray(Long[]::new),
                    changed.stream().map(this::state).toArray(String[]::new));
        }
    }

    private String state(Standing standing) {
        return of(standing.order())
                .push(standing.cancelled(), standing.delivered())
                .word();
    }

    /** For one order, as it is stored. */
    static Tally read(Db.Session session, long order) throws SQLException {
        Quantities quantities = new Quantities(session);
        quantities.load(List.of(order));
        return Objects.requireNonNull(quantities.tallies.get(order));
    }
}

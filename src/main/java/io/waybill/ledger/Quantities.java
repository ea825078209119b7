package io.waybill.ledger;

import java.sql.ResultSet;
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
                "select * from line_quantity where order_id = any(?)",
                row -> {
                    of(row.getLong("order_id")).restore(place(row), count(row));
                    return row;
                },
                (Object) orders.toArray(Long[]::new));
    }

    static Tally.Place place(ResultSet row) throws SQLException {
        return new Tally.Place(row.getString("channel"), row.getString("line_id"));
    }

    static Tally.Count count(ResultSet row) throws SQLException {
        return new Tally.Count(
                row.getObject("part", Integer.class),
                row.getInt("wanted"),
                row.getInt("pushed"),
                row.getInt("cancelled"),
                row.getInt("shipped"),
                row.getInt("returned"));
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
        List<Tally.Place> places = new ArrayList<>();
        List<Tally.Count> counts = new ArrayList<>();
        tallies.forEach((order, tally) -> tally.changes().forEach((place, count) -> {
            orders.add(order);
            places.add(place);
            counts.add(count);
        }));
        if (orders.isEmpty()) {
            return;
        }
        session.update(
                """
                insert into line_quantity (order_id, channel, line_id, part, wanted, pushed, cancelled, shipped, returned)
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (order_id, channel, line_id) do update set part = excluded.part, wanted = excluded.wanted,
                  pushed = excluded.pushed, cancelled = excluded.cancelled, shipped = excluded.shipped,
                  returned = excluded.returned
                where (line_quantity.part, line_quantity.wanted, line_quantity.pushed, line_quantity.cancelled,
                    line_quantity.shipped, line_quantity.returned)
                  is distinct from (excluded.part, excluded.wanted, excluded.pushed, excluded.cancelled, excluded.shipped,
                    excluded.returned)""",
                orders.toArray(Long[]::new),
                places.stream().map(Tally.Place::channel).toArray(String[]::new),
                places.stream().map(Tally.Place::line).toArray(String[]::new),
                counts.stream().map(Tally.Count::part).toArray(Integer[]::new),
                counts.stream().map(Tally.Count::wanted).toArray(Integer[]::new),
                counts.stream().map(Tally.Count::pushed).toArray(Integer[]::new),
                counts.stream().map(Tally.Count::cancelled).toArray(Integer[]::new),
                counts.stream().map(Tally.Count::shipped).toArray(Integer[]::new),
                counts.stream().map(Tally.Count::returned).toArray(Integer[]::new));
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

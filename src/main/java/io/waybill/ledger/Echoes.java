package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.EventType;
import io.waybill.order.LabelCreated;
import io.waybill.order.Line;
import io.waybill.order.LineQuantity;
import io.waybill.order.Order;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderReturned;
import io.waybill.order.OrderShipped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Is a fact that a channel tells our own word coming back? Systems give what we told them an id of their own, so it goes by
 * content: each fact that we sent there excuses one that says the same. (Statuses go by what the mapping told: Statuses.) And whatever changes nothing, because all of it was
 * cancelled, shipped or returned before, is no news whoever says it.
 */
final class Echoes {
    private final Db.Session session;
    private final Known known;
    private final String from;
    private final Tally tally;

    Echoes(Db.Session session, Known known, String from) throws SQLException {
        this.session = session;
        this.known = known;
        this.from = from;
        this.tally = Quantities.read(session, known.id());
    }

    Ledger.Told told(Event fact) throws SQLException {
        Event meant = ofWhatIsThere(fact);
        return new Ledger.Told(meant, sent(meant) > repeated(meant) || changesNothing(meant));
    }

    /** Facts of the same content that went to the channel, or may have. */
    private long sent(Event fact) throws SQLException {
        return sentOf(fact.type()).stream()
                .filter(other -> same(fact, there(other)))
                .count();
    }

    private List<Event> sentOf(EventType type) throws SQLException {
        return session.query(
                """
                select e.payload from delivery d join event e on e.id = d.event_id
                where d.order_id = ? and d.channel = ? and e.type = ?
                  and (d.state in ('delivered', 'unknown') or d.sending_since is not null or d.ambiguous_at is not null)""",
                row -> event(row.getString(1)),
                known.id(),
                from,
                type.word());
    }

    /** A fact as it left for a channel that has only some of the lines. */
    private Event there(Event fact) {
        if (from.equals(known.channel())) {
            return fact;
        }
        Event narrowed = Narrowing.of(fact, tally.linesHeldBy(from));
        return narrowed == null ? fact : narrowed;
    }

    /** How many of those came back already. */
    private long repeated(Event fact) throws SQLException {
        List<Event> told = session.query(
                "select payload from event where order_id = ? and channel = ? and type = ? and outcome = 'echo'",
                row -> event(row.getString(1)),
                known.id(),
                from,
                fact.type().word());
        return told.stream().filter(other -> same(fact, other)).count();
    }

    private static Event event(String payload) {
        return EventJson.read(payload.getBytes(StandardCharsets.UTF_8));
    }

    private boolean same(Event a, Event b) {
        if (a instanceof OrderCancelled && b instanceof OrderCancelled) {
            return lines(a).equals(lines(b));
        }
        if (a instanceof OrderShipped s && b instanceof OrderShipped t) {
            return lines(a).equals(lines(b)) && agree(s.trackingNumber(), t.trackingNumber());
        }
        if (a instanceof OrderReturned r && b instanceof OrderReturned t) {
            return lines(a).equals(lines(b)) && agree(r.refund(), t.refund());
        }
        if (a instanceof LabelCreated l && b instanceof LabelCreated m) {
            return l.data().equals(m.data());
        }
        return false;
    }

    /** No lines means all that the channel has. */
    private Map<String, Integer> lines(Event fact) {
        Map<String, Integer> lines = new TreeMap<>();
        if (Narrowing.lines(fact).isEmpty() && !(fact instanceof OrderReturned)) {
            known.newest().lines().stream()
                    .filter(line -> from.equals(known.channel())
                            || tally.linesHeldBy(from).contains(line.id()))
                    .forEach(line -> lines.put(line.id(), line.quantity()));
        } else {
            Narrowing.lines(fact).forEach(line -> lines.merge(line.id(), line.quantity(), Integer::sum));
        }
        return lines;
    }

    private static boolean agree(@Nullable Object a, @Nullable Object b) {
        if (a instanceof java.math.BigDecimal x && b instanceof java.math.BigDecimal y) {
            return x.compareTo(y) == 0;
        }
        return a == null || b == null || a.equals(b);
    }

    private boolean changesNothing(Event fact) throws SQLException {
        boolean bySource = from.equals(known.channel());
        if (bySource && (!Narrowing.lines(fact).isEmpty() || endsTheOrder(fact))) {
            // It may be about a state of the order that is still on its way.
            return false;
        }
        return switch (fact.type()) {
            case CANCELLATION -> isOver(fact);
            case SHIPMENT -> isOver(fact) && !bringsANewNumber((OrderShipped) fact);
            case RETURN -> ((OrderReturned) fact).refund() == null && isOver(fact);
            case ORDER, LABEL, STATUS, TAGS -> false;
        };
    }

    /**
     * The source's own word that the order is over, where it was cancelled piece by piece so far: that outlasts pieces which a
     * state still on its way adds. What we told the source may come back in these words.
     */
    private boolean endsTheOrder(Event fact) throws SQLException {
        return fact.type() == EventType.CANCELLATION
                && !known.newest().isCancelled()
                && sentOf(EventType.CANCELLATION).isEmpty()
                && session
                        .query(
                                """
                                select payload from event where order_id = ? and type = 'cancellation'
                                  and outcome = 'applied'""",
                                row -> event(row.getString(1)),
                                known.id())
                        .stream()
                        .noneMatch(told -> Narrowing.lines(told).isEmpty());
    }

    /** True when nothing is left of any line that the fact is about. */
    private boolean isOver(Event fact) {
        Map<String, Integer> lines = lines(fact);
        return !lines.isEmpty() && lines.keySet().stream().allMatch(line -> left(line, fact.type()) <= 0);
    }

    private int left(String line, EventType type) {
        Tally.Count told = tally.at(Tally.ORDER, line);
        Line own = known.newest().lines().stream()
                .filter(l -> l.id().equals(line))
                .findFirst()
                .orElse(null);
        if (own == null) {
            return 1;
        }
        int gone = type == EventType.CANCELLATION
                ? told.cancelled()
                : type == EventType.SHIPMENT ? told.shipped() : told.returned();
        return own.quantity() - gone;
    }

    /** A parcel sent in place of another ships what was shipped before, under a number of its own. */
    private boolean bringsANewNumber(OrderShipped shipment) throws SQLException {
        String number = shipment.trackingNumber();
        return number != null
                && session
                        .query(
                                """
                                select e.payload from event e where e.order_id = ? and e.type = 'shipment'
                                  and e.outcome = 'applied'""",
                                row -> event(row.getString(1)),
                                known.id())
                        .stream()
                        .noneMatch(e -> Objects.equals(((OrderShipped) e).trackingNumber(), number));
    }

    /**
     * What a destination says of all that it has, as lines of the order: it may have been given only some of them. A fact
     * about the whole order where it has all of it.
     */
    private Event ofWhatIsThere(Event fact) throws SQLException {
        boolean whole = Narrowing.lines(fact).isEmpty()
                && (fact.type() == EventType.CANCELLATION || fact.type() == EventType.SHIPMENT);
        if (!whole || from.equals(known.channel())) {
            return fact;
        }
        Order newest = known.newest();
        List<LineQuantity> lines = newest.lines().stream()
                .filter(line -> tally.at(from, line.id()).pushed() > 0)
                .map(line ->
                        new LineQuantity(line.id(), tally.at(from, line.id()).pushed()))
                .toList();
        long all = newest.lines().stream().filter(line -> line.quantity() > 0).count();
        return lines.isEmpty() || lines.size() == all ? fact : Narrowing.with(fact, lines);
    }
}

package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.EventType;
import io.waybill.order.Line;
import io.waybill.order.LineQuantity;
import io.waybill.order.Order;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderReturned;
import io.waybill.order.OrderShipped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The quantity ledger of one order: per line and destination what is wanted, what is there, and what is known there to be
 * cancelled, shipped and returned. The one place that push states are computed from. Pure: {@link Quantities} reads and
 * writes it.
 *
 * <p>What is cancelled is wanted nowhere, whoever cancelled it. A channel knows what it told us and what was delivered to
 * it; the order itself, under the name {@link #ORDER}, knows what anybody told.
 */
final class Tally {
    /** The order itself stands beside its channels under this name. */
    static final String ORDER = "";

    record Place(String channel, String line) {}

    /** @param part the part of the order there that holds the line; null while none does */
    record Count(@Nullable Integer part, int wanted, int pushed, int cancelled, int shipped, int returned) {
        static final Count NONE = new Count(null, 0, 0, 0, 0, 0);

        Count wanting(int quantity) {
            return new Count(part, quantity, pushed, cancelled, shipped, returned);
        }

        Count holding(@Nullable Integer newPart, int quantity) {
            return new Count(newPart, wanted, quantity, cancelled, shipped, returned);
        }

        Count knowing(EventType type, int quantity) {
            return new Count(
                    part,
                    wanted,
                    pushed,
                    type == EventType.CANCELLATION ? cancelled + quantity : cancelled,
                    type == EventType.SHIPMENT ? shipped + quantity : shipped,
                    type == EventType.RETURN ? returned + quantity : returned);
        }
    }

    private final Map<Place, Count> counts = new HashMap<>();
    private final Set<String> changed = new TreeSet<>();

    /** Puts in what is stored. */
    void restore(Place place, Count count) {
        counts.put(place, count);
    }

    Count at(String channel, String line) {
        return counts.getOrDefault(new Place(channel, line), Count.NONE);
    }

    Set<String> linesHeldBy(String channel) {
        Set<String> lines = new HashSet<>();
        counts.forEach((place, count) -> {
            if (place.channel().equals(channel) && count.part() != null) {
                lines.add(place.line());
            }
        });
        return lines;
    }

    /** The channels that anything is known of. */
    Set<String> channels() {
        Set<String> channels = new TreeSet<>();
        counts.keySet().forEach(place -> channels.add(place.channel()));
        channels.remove(ORDER);
        return channels;
    }

    /** The channels of which something changed since it was put in; {@link #ORDER} among them. */
    Set<String> changed() {
        return changed;
    }

    /** All that is known of this channel, line by line. */
    Map<String, Count> of(String channel) {
        Map<String, Count> lines = new TreeMap<>();
        counts.forEach((place, count) -> {
            if (place.channel().equals(channel)) {
                lines.put(place.line(), count);
            }
        });
        return lines;
    }

    private void set(Place place, Count count) {
        if (!count.equals(counts.getOrDefault(place, Count.NONE))) {
            counts.put(place, count);
            changed.add(place.channel());
        }
    }

    /**
     * A new state, or new decisions on it: what each of these destinations shall have.
     *
     * @param cancelled the order is cancelled as a whole: nothing is wanted anywhere
     */
    void decide(Order newest, boolean cancelled, List<Decided> decisions) {
        for (Decided decided : decisions) {
            Set<String> gone = new HashSet<>(linesOf(decided.channel()));
            List<String> published = decided.overlay().lines();
            Set<String> only = published == null ? null : Set.copyOf(published);
            for (Line line : newest.lines()) {
                gone.remove(line.id());
                boolean wanted = decided.verdict() == Verdict.PUBLISH
                        && !cancelled
                        && (only == null || only.contains(line.id()));
                want(decided.channel(), line.id(), wanted ? uncancelled(line) : 0);
            }
            gone.forEach(line -> want(decided.channel(), line, 0));
        }
    }

    private void want(String channel, String line, int quantity) {
        set(new Place(channel, line), at(channel, line).wanting(quantity));
    }

    /** Sources tell a cancellation in the order's state, as a fact of its own, or both: the larger number counts. */
    private int uncancelled(Line line) {
        return Math.max(
                0,
                line.quantity()
                        - Math.max(line.cancelled(), at(ORDER, line.id()).cancelled()));
    }

    /** How much of each line is neither cancelled nor shipped, in the order of the lines. */
    Map<String, Integer> cancellable(Order newest) {
        Map<String, Integer> left = new LinkedHashMap<>();
        newest.lines()
                .forEach(line -> left.put(
                        line.id(),
                        Math.max(
                                0,
                                uncancelled(line)
                                        - Math.max(
                                                line.shipped(),
                                                at(ORDER, line.id()).shipped()))));
        return left;
    }

    /** A channel told us a fact; {@link #ORDER} when a person did. */
    void tell(String from, Order newest, Event fact) {
        for (LineQuantity line : lines(fact, newest.lines())) {
            know(ORDER, line, fact.type());
            if (!from.equals(ORDER)) {
                know(from, line, fact.type());
            }
        }
        if (fact.type() == EventType.CANCELLATION) {
            newest.lines().forEach(this::wantNoMoreThanIsLeft);
        }
    }

    private void wantNoMoreThanIsLeft(Line line) {
        int left = uncancelled(line);
        for (Place place : List.copyOf(counts.keySet())) {
            if (place.line().equals(line.id()) && at(place.channel(), line.id()).wanted() > left) {
                want(place.channel(), line.id(), left);
            }
        }
    }

    private void know(String channel, LineQuantity line, EventType type) {
        set(new Place(channel, line.id()), at(channel, line.id()).knowing(type, line.quantity()));
    }

    /** The lines of a fact; a whole cancellation or a shipment without lines is about all that is left. */
    private List<LineQuantity> lines(Event fact, List<Line> all) {
        if (fact instanceof OrderCancelled cancelled) {
            return cancelled.lines().isEmpty() ? left(all) : cancelled.lines();
        }
        if (fact instanceof OrderShipped shipped) {
            return shipped.lines().isEmpty() ? left(all) : shipped.lines();
        }
        return fact instanceof OrderReturned returned ? returned.lines() : List.of();
    }

    private List<LineQuantity> left(List<Line> all) {
        return all.stream()
                .filter(line -> uncancelled(line) > 0)
                .map(line -> new LineQuantity(line.id(), uncancelled(line)))
                .toList();
    }

    /** The order's state, with these lines, is known to be at a destination as this part of it. */
    void hold(String channel, int part, List<Line> lines) {
        Set<String> gone = new HashSet<>(linesOf(channel));
        for (Line line : lines) {
            gone.remove(line.id());
            set(new Place(channel, line.id()), at(channel, line.id()).holding(part, line.quantity()));
        }
        for (String line : gone) {
            if (isHeld(channel, part, line)) {
                set(new Place(channel, line), at(channel, line).holding(null, 0));
            }
        }
    }

    /**
     * A fact was delivered to a part of the order, or to its home: its lines, or where it names none all that was told of
     * those that are there.
     */
    void knows(String channel, int part, boolean home, Event fact) {
        lines(fact, List.of()).forEach(line -> know(channel, line, fact.type()));
        boolean whole = fact instanceof OrderCancelled cancelled
                        && cancelled.lines().isEmpty()
                || fact instanceof OrderShipped shipped && shipped.lines().isEmpty();
        if (whole) {
            (home ? linesOf(ORDER) : linesOf(channel))
                    .stream()
                            .filter(line -> home || isHeld(channel, part, line))
                            .forEach(line -> knowsAllOf(channel, line, fact.type()));
        }
    }

    private boolean isHeld(String channel, int part, String line) {
        Integer holder = at(channel, line).part();
        return holder != null && holder == part;
    }

    private void knowsAllOf(String channel, String line, EventType type) {
        Count told = at(ORDER, line);
        Count own = at(channel, line);
        int more = type == EventType.CANCELLATION ? told.cancelled() - own.cancelled() : told.shipped() - own.shipped();
        if (more > 0) {
            know(channel, new LineQuantity(line, more), type);
        }
    }

    private Set<String> linesOf(String channel) {
        Set<String> lines = new HashSet<>();
        counts.keySet().stream().filter(p -> p.channel().equals(channel)).forEach(p -> lines.add(p.line()));
        return lines;
    }

    /** True when what this channel knows of cancels every line. */
    boolean isCancelledBy(String channel, Order newest) {
        return !newest.lines().isEmpty()
                && newest.lines().stream()
                        .allMatch(line -> Math.max(
                                        line.cancelled(), at(channel, line.id()).cancelled())
                                >= line.quantity());
    }

    /** The source took its cancellation back: nothing of it counts any more. */
    void reopen(String source) {
        for (Place place : List.copyOf(counts.keySet())) {
            if (place.channel().equals(ORDER) || place.channel().equals(source)) {
                Count c = at(place.channel(), place.line());
                set(place, new Count(c.part(), c.wanted(), c.pushed(), 0, c.shipped(), c.returned()));
            }
        }
    }

    /** @param delivered whether any state of the order was delivered anywhere */
    PushState push(boolean cancelled, boolean delivered) {
        return PushState.of(
                cancelled, delivered, counts.values().stream().anyMatch(count -> count.pushed() < count.wanted()));
    }
}

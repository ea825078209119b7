package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.LineQuantity;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderReturned;
import io.waybill.order.OrderShipped;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A fact about some lines, on its way to a destination that has only some of the order's. */
final class Narrowing {
    private Narrowing() {}

    /** The fact about those lines alone; null when it names lines and none of them is there. */
    static @Nullable Event of(Event fact, Set<String> there) {
        List<LineQuantity> lines = lines(fact);
        List<LineQuantity> kept =
                lines.stream().filter(line -> there.contains(line.id())).toList();
        if (kept.size() == lines.size()) {
            return fact;
        }
        return kept.isEmpty() ? null : with(fact, kept);
    }

    static List<LineQuantity> lines(Event fact) {
        if (fact instanceof OrderCancelled cancelled) {
            return cancelled.lines();
        }
        if (fact instanceof OrderShipped shipped) {
            return shipped.lines();
        }
        return fact instanceof OrderReturned returned ? returned.lines() : List.of();
    }

    static Event with(Event fact, List<LineQuantity> lines) {
        if (fact instanceof OrderCancelled c) {
            return new OrderCancelled(c.orderId(), c.id(), c.at(), c.by(), c.reason(), lines);
        }
        if (fact instanceof OrderShipped s) {
            return new OrderShipped(
                    s.orderId(), s.id(), s.at(), s.carrier(), s.trackingNumber(), s.trackingUrl(), lines, s.labels());
        }
        if (fact instanceof OrderReturned r) {
            return new OrderReturned(r.orderId(), r.id(), r.at(), r.reason(), lines, r.refund());
        }
        return fact;
    }
}

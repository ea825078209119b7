package io.waybill.flow;

import io.waybill.ledger.Receipts;
import io.waybill.ledger.Wanted;
import io.waybill.order.Event;
import io.waybill.order.OrderChanged;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A receipt on its way into the ledger, with the events it still has to commit. Lives in one round. */
final class Import {
    private final Receipts.Claimed receipt;
    private final Deque<Event> events;
    private int decided;

    Import(Receipts.Claimed receipt, List<Event> events) {
        this.receipt = receipt;
        this.events = new ArrayDeque<>(events);
    }

    Receipts.Claimed receipt() {
        return receipt;
    }

    /** Who tells it. */
    String channel() {
        return receipt.channel();
    }

    /** The next one. */
    Event event() {
        return events.element();
    }

    boolean isLast() {
        return events.size() == 1;
    }

    /** Goes on after an event was committed; false when that was the last. */
    boolean next() {
        events.remove();
        return !events.isEmpty();
    }

    /** Something that the receipt says besides. */
    void follow(Event event) {
        events.add(event);
    }

    /** The decision was overtaken; how often by now. */
    int overtaken() {
        return ++decided;
    }

    /** Events with the same key are about one order. */
    String orderKey() {
        return receipt.channel() + '\0' + event().orderId();
    }

    Wanted wanted() {
        String reference =
                event() instanceof OrderChanged changed ? changed.order().reference() : null;
        return new Wanted(receipt.channel(), event().orderId(), reference);
    }
}

package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.ledger.Decided;
import io.waybill.ledger.Known;
import io.waybill.ledger.TagsByHand;
import io.waybill.order.Event;
import io.waybill.order.EventType;
import io.waybill.order.Order;
import io.waybill.order.OrderReturned;
import io.waybill.rule.Tagged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way through {@code routes/flow/publish.camel.yaml}: the event, the order's state, the destinations in
 * question, and what was decided. Lives on one exchange, in one thread.
 */
public final class Publication {
    private final Bundle bundle;
    private final String from;
    private final Event event;
    private final Order order;
    private final @Nullable Known known;
    private final List<Decided> decisions = new ArrayList<>();
    private @Nullable Tagged tagged;

    /** @param order the state that rules see: the event's own, or the one stored with the tags given on import */
    Publication(Bundle bundle, String from, Event event, Order order, @Nullable Known known) {
        this.bundle = bundle;
        this.from = from;
        this.event = event;
        this.order = order;
        this.known = known;
    }

    public Bundle bundle() {
        return bundle;
    }

    public String from() {
        return from;
    }

    public Event event() {
        return event;
    }

    public Order order() {
        return order;
    }

    public boolean isOrder() {
        return event.type() == EventType.ORDER;
    }

    /** What people changed about the order's tags before. */
    TagsByHand tagsByHand() {
        return known == null ? TagsByHand.NONE : known.byHand();
    }

    void tagged(Tagged result) {
        this.tagged = result;
    }

    Tagged tagged() {
        return Objects.requireNonNull(tagged, "the route must tag before it decides");
    }

    void decide(Decided decided) {
        decisions.add(decided);
    }

    List<Decided> decisions() {
        return List.copyOf(decisions);
    }

    /** The destinations in question: an order's by role or list, an update's wherever it could go. Never where it came from. */
    public List<Candidate> candidates() {
        return isOrder() ? orderDestinations() : updateDestinations();
    }

    private List<Candidate> orderDestinations() {
        return bundle.channel(from).map(bundle::destinationsOf).orElse(List.of()).stream()
                .filter(channel -> !channel.name().equals(from))
                .map(channel -> new Candidate(this, channel, operationFor(channel), isLinked(channel)))
                .toList();
    }

    private Operation operationFor(Channel channel) {
        return isLinked(channel) ? Operation.UPDATE_ORDER : Operation.CREATE_ORDER;
    }

    private List<Candidate> updateDestinations() {
        return bundle.channels().values().stream()
                .filter(channel -> !channel.name().equals(from))
                .filter(channel -> channel.can(updateBy(channel)) || isLinked(channel) && isNews())
                .sorted(Comparator.comparing(Channel::name))
                .map(channel -> new Candidate(this, channel, updateBy(channel), isLinked(channel)))
                .toList();
    }

    private Operation updateBy(Channel channel) {
        return event instanceof OrderReturned returned
                ? Returns.operation(channel, returned, channel.policies().refunds())
                : operation(event.type());
    }

    /** That a channel lacks an operation is worth showing, but for tags: those reach it with the order's state. */
    private boolean isNews() {
        return event.type() != EventType.TAGS;
    }

    private boolean isLinked(Channel channel) {
        return known != null && known.isLinked(channel.name());
    }

    static Operation operation(EventType type) {
        return switch (type) {
            case ORDER -> Operation.CREATE_ORDER;
            case CANCELLATION -> Operation.CANCEL_ORDER;
            case SHIPMENT -> Operation.SHIP_ORDER;
            case RETURN -> Operation.RETURN_ORDER;
            case LABEL -> Operation.ATTACH_LABEL;
            case STATUS -> Operation.SET_STATUS;
            case TAGS -> Operation.SET_TAGS;
        };
    }
}

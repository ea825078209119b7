package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.waybill.channel.Bundle;
import io.waybill.channel.Operation;
import io.waybill.ledger.Receipts;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import io.waybill.order.OrderShipped;
import io.waybill.order.TagsGiven;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * A receipt's raw body through {@code direct:read} to canonical events; also the bean {@code reading} of that route.
 */
public final class Reading {
    /** Either the events of one message, or the elements of an array that are to be receipts of their own. */
    record Result(List<Event> events, List<byte[]> elements) {}

    private final Routes routes;

    public Reading(Routes routes) {
        this.routes = routes;
    }

    Result read(Receipts.Claimed receipt) {
        Exchange exchange = routes.request("direct:read", e -> {
            e.getMessage().setBody(receipt.body());
            e.setVariable("channel", receipt.channel());
            e.setVariable("topic", receipt.topic());
            e.setVariable("headers", Webhooks.headers(receipt.headers()));
        });
        Fault.rethrow(exchange);
        return result(exchange.getMessage().getBody(JsonNode.class));
    }

    /** What a mapping made of a message is canonical and must not be mapped again. */
    String topicOfElements(Receipts.Claimed receipt) {
        Bundle bundle = routes.bundle();
        boolean mapped = !Inbound.isCanonical(receipt.topic())
                && (bundle.readEventMapping(receipt.channel()).isPresent()
                        || bundle.channel(receipt.channel())
                                .filter(channel -> channel.can(Operation.READ_EVENT))
                                .isPresent());
        return mapped ? Inbound.EVENTS + receipt.topic() : receipt.topic();
    }

    /** Does the channel translate what its system sends? */
    public boolean isMapped(Exchange exchange) {
        return !Inbound.isCanonical(exchange.getVariable("topic", "", String.class))
                && Routes.bundleOf(exchange)
                        .channel(exchange.getVariable("channel", "", String.class))
                        .filter(channel -> channel.can(Operation.READ_EVENT))
                        .isPresent();
    }

    /** Bytes or text become a tree, strictly; a tree that a mapping made stays as it is. */
    public void parse(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof JsonNode)) {
            exchange.getMessage().setBody(EventJson.tree(exchange.getMessage().getBody(byte[].class)));
        }
    }

    private static Result result(JsonNode node) {
        if (!(node instanceof ArrayNode array)) {
            return new Result(events(node), List.of());
        }
        if (array.size() == 1) {
            return new Result(events(array.get(0)), List.of());
        }
        List<Event> together = ofOneOrder(array);
        if (!together.isEmpty()) {
            return new Result(together, List.of());
        }
        List<byte[]> elements = new ArrayList<>(array.size());
        array.forEach(element -> elements.add(EventJson.bytes(element)));
        return new Result(List.of(), elements);
    }

    private static List<Event> events(JsonNode node) {
        Event event = EventJson.read(node);
        if (event instanceof TagsGiven) {
            throw new InvalidEvent("type", "tags are no event of a channel's; they belong into the order");
        }
        return event instanceof OrderShipped shipped ? shipped.split() : List.of(event);
    }

    /** What all happened to one order goes one after the other. Empty when it is about several, or one is not right. */
    private static List<Event> ofOneOrder(ArrayNode array) {
        List<Event> events = new ArrayList<>();
        try {
            array.forEach(element -> events.addAll(events(element)));
        } catch (InvalidEvent e) {
            // Each becomes a receipt of its own, so that a bad one parks alone.
            return List.of();
        }
        return events.stream().map(Event::orderId).distinct().count() == 1 ? events : List.of();
    }
}

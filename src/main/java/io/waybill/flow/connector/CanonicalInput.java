package io.waybill.flow.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.flow.Routes;
import io.waybill.ledger.Claimed;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Wanted;
import io.waybill.order.EventJson;
import io.waybill.order.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What a request mapping gets: {@code operation}, {@code idempotencyKey}, {@code externalId}, {@code reference}, {@code event}
 * (as {@code send} allows), for a fact {@code order} (the state it is about, as {@code send} allows), {@code orders} (how
 * the channel wants its orders), {@code restock}, {@code label}, for a shipment {@code left} (how much of each line nobody has
 * shipped or cancelled, this shipment counted), and {@code answer}: what the last call of this operation answered.
 */
final class CanonicalInput {
    private final Ledger ledger;

    CanonicalInput(Ledger ledger) {
        this.ledger = ledger;
    }

    ObjectNode of(Exchange exchange) {
        ObjectNode input = EventJson.MAPPER.createObjectNode();
        put(input, exchange, "operation");
        put(input, exchange, "idempotencyKey");
        put(input, exchange, "externalId");
        put(input, exchange, "reference");
        Object label = exchange.getVariable("label");
        if (label != null) {
            input.set("label", EventJson.MAPPER.<ObjectNode>valueToTree(label));
            file(exchange, (ObjectNode) input.get("label"));
        }
        for (String told : List.of("orders", "restock")) {
            Object value = exchange.getVariable(told);
            if (value != null) {
                input.set(told, EventJson.MAPPER.valueToTree(value));
            }
        }
        event(exchange, input);
        return input;
    }

    private static void put(ObjectNode input, Exchange exchange, String name) {
        String value = exchange.getVariable(name, String.class);
        if (value != null) {
            input.put(name, value);
        }
    }

    /** A label that goes as a file is Base64 in a request all the same. */
    private static void file(Exchange exchange, ObjectNode label) {
        byte[] file = exchange.getVariable("labelFile", byte[].class);
        if (file != null) {
            label.put("data", file);
        }
    }

    /** The first request of an operation finds the event in the body; later ones find the last answer there. */
    private void event(Exchange exchange, ObjectNode input) {
        Object body = exchange.getMessage().getBody();
        @Nullable Claimed claimed = exchange.getVariable("delivery", Claimed.class);
        if (claimed != null && exchange.getVariable(Requests.EVENT) == null) {
            exchange.setVariable(Requests.EVENT, body);
            if (!claimed.isState()) {
                known(claimed).ifPresent(known -> look(exchange, claimed, known));
            }
        } else if (body instanceof JsonNode answer) {
            input.set("answer", answer);
        }
        set(input, "event", exchange.getVariable(Requests.EVENT, JsonNode.class));
        set(input, "order", exchange.getVariable("order", JsonNode.class));
        set(input, "left", exchange.getVariable("left", JsonNode.class));
    }

    private static void set(ObjectNode input, String name, @Nullable JsonNode value) {
        if (value != null) {
            input.set(name, value);
        }
    }

    private Optional<Known> known(Claimed claimed) {
        return Optional.ofNullable(ledger.look(List.of(new Wanted(claimed.source(), claimed.sourceOrderId(), null)))
                .get(0));
    }

    private void look(Exchange exchange, Claimed claimed, Known known) {
        exchange.setVariable("order", order(exchange, claimed, known));
        if (Operation.SHIP_ORDER.word().equals(exchange.getVariable("operation"))) {
            exchange.setVariable("left", EventJson.MAPPER.valueToTree(ledger.cancellable(known)));
        }
    }

    /** The newest state of the order that a fact is about, with its articles under the names that they have there. */
    private static @Nullable JsonNode order(Exchange exchange, Claimed claimed, Known known) {
        Channel channel = Routes.bundleOf(exchange).channel(claimed.channel()).orElse(null);
        if (channel == null) {
            return null;
        }
        Order order = known.newest().only(channel.send());
        Map<String, String> names = Routes.bundleOf(exchange).skus().of(claimed.channel());
        return EventJson.MAPPER.valueToTree(order.change()
                .lines(order.lines().stream()
                        .map(line ->
                                line.sku() == null ? line : line.withSku(names.getOrDefault(line.sku(), line.sku())))
                        .toList())
                .build());
    }
}

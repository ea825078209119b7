package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/** A channel of the model: does what it is told, sometimes refuses, hangs up before or after, and echoes. */
final class ModelStore {
    /** An order as it stands here. */
    static final class Placed {
        final String id;
        final String sourceId;
        final String key;
        final String reference;
        final Map<String, Integer> lines = new TreeMap<>();
        final List<JsonNode> facts = new ArrayList<>();
        int version;
        int shipped;

        private Placed(String id, String sourceId, String key, String reference) {
            this.id = id;
            this.sourceId = sourceId;
            this.key = key;
            this.reference = reference;
        }
    }

    private final String name;
    private final boolean keyed;
    private final boolean repeatsReference;
    private final Random random;
    private final Map<String, Placed> orders = new LinkedHashMap<>();
    private final Set<String> done = new HashSet<>();
    private final List<String> echoes = new ArrayList<>();
    private boolean healed;
    private int number;

    ModelStore(String name, boolean keyed, boolean repeatsReference, Random random) {
        this.name = name;
        this.keyed = keyed;
        this.repeatsReference = repeatsReference;
        this.random = random;
    }

    /** No faults and no echoes any more. */
    void heal() {
        healed = true;
    }

    /** At home nothing is created: its orders are there. */
    void home(String sourceId) {
        orders.put(sourceId, new Placed(sourceId, sourceId, "", ""));
    }

    /** Does this order know this fact? */
    boolean knows(String externalId, JsonNode fact) {
        Placed placed = orders.get(externalId);
        return placed != null
                && placed.facts.stream().anyMatch(f -> f.path("id").equals(fact.path("id")));
    }

    List<Placed> of(String sourceId) {
        return orders.values().stream().filter(o -> o.sourceId.equals(sourceId)).toList();
    }

    List<String> takeEchoes() {
        List<String> taken = List.copyOf(echoes);
        echoes.clear();
        return taken;
    }

    void take(Exchange exchange) {
        int dice = healed ? 99 : random.nextInt(100);
        if (dice < 4) {
            exchange.setException(new ConnectException("down"));
        } else if (dice < 8) {
            exchange.setException(new DeliveryFault(DeliveryFault.Kind.BUSY, "busy", null));
        } else if (dice < 12 && !"find-order".equals(exchange.getVariable("operation"))) {
            exchange.setException(new DeliveryFault(DeliveryFault.Kind.REFUSED, "no", null));
        } else if (dice < 18) {
            exchange.setVariable("sent", true);
            exchange.setException(new IOException("hung up before"));
        } else {
            exchange.setVariable("sent", true);
            carryOut(exchange);
            if (dice < 26) {
                exchange.setException(new IOException("hung up after"));
            } else if (dice < 30 && !"find-order".equals(exchange.getVariable("operation"))) {
                goneBeforeTheSecondRequest(exchange, dice);
            } else if (dice < 32 && !"find-order".equals(exchange.getVariable("operation"))) {
                exchange.setException(new InvalidEvent("$", "its answer cannot be read"));
            }
        }
    }

    /** It could not be reached any more, or took no credentials any more, after it had done what the first asked. */
    private static void goneBeforeTheSecondRequest(Exchange exchange, int dice) {
        exchange.setVariable(Wire.WRITES, 2);
        exchange.setException(
                dice < 28
                        ? new ConnectException("gone")
                        : new DeliveryFault(DeliveryFault.Kind.CHANNEL_DOWN, "gone", null));
    }

    private void carryOut(Exchange exchange) {
        String operation = exchange.getVariable("operation", String.class);
        String key = exchange.getVariable("idempotencyKey", String.class);
        String externalId = exchange.getVariable("externalId", String.class);
        JsonNode event = exchange.getMessage().getBody(JsonNode.class);
        switch (operation) {
            case "create-order" -> answer(exchange, create(key, event.path("order")));
            case "find-order" ->
                orders.values().stream()
                        .filter(o -> o.key.equals(key))
                        .findFirst()
                        .ifPresent(o -> answer(exchange, o));
            case "update-order" -> {
                if (first(key)) {
                    hold(orders.get(externalId), event.path("order"));
                    echo(echoOf(orders.get(externalId)));
                }
            }
            default -> {
                if (first(key)) {
                    learn(orders.get(externalId), event);
                }
            }
        }
    }

    private static void answer(Exchange exchange, Placed placed) {
        exchange.setVariable("externalId", placed.id);
    }

    private boolean first(String key) {
        return !keyed || done.add(key);
    }

    private Placed create(String key, JsonNode order) {
        if (keyed) {
            for (Placed placed : orders.values()) {
                if (placed.key.equals(key)) {
                    return placed;
                }
            }
        }
        Placed placed = new Placed(
                name + "-" + ++number,
                order.path("id").asText(),
                key,
                order.path("reference").asText());
        orders.put(placed.id, placed);
        hold(placed, order);
        echo(echoOf(placed));
        return placed;
    }

    private static void hold(Placed placed, JsonNode order) {
        placed.version = order.path("version").asInt();
        placed.lines.clear();
        order.path("lines")
                .forEach(l -> placed.lines.put(
                        l.path("id").asText(), l.path("quantity").asInt()));
    }

    private void learn(Placed placed, JsonNode fact) {
        placed.facts.add(fact);
        ObjectNode echo = fact.deepCopy();
        echo.put("orderId", placed.id);
        echo.put("id", "echo-" + name + "-" + ++number);
        echo(echo);
    }

    private JsonNode echoOf(Placed placed) {
        ObjectNode event = EventJson.MAPPER.createObjectNode().put("type", "order");
        ObjectNode order = event.putObject("order")
                .put("id", placed.id)
                .put("status", "processing")
                .put("currency", "USD");
        if (repeatsReference) {
            order.put("reference", placed.reference);
        }
        placed.lines.forEach((id, quantity) ->
                order.withArray("lines").addObject().put("id", id).put("quantity", quantity));
        order.withArray("lines");
        return event;
    }

    private void echo(JsonNode event) {
        if (random.nextBoolean()) {
            echoes.add(event.toString());
        }
    }
}

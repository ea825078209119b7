package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The toy shop as {@code src/docs/connectors/write-your-own.md} describes it. */
final class ToyShopSimulator extends Simulator {
    static final String KEY = "toy-0123456789";

    final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    final Map<String, Map<String, JsonNode>> parcels = new LinkedHashMap<>();
    final Set<String> articles = new HashSet<>();
    Runnable afterPage = () -> {};
    private int numbers = 500;

    ToyShopSimulator() {
        on("GET", "/v1/orders", this::list);
        on("POST", "/v1/orders", this::create);
        on("DELETE", "/v1/orders/(\\w+)", this::cancel);
        on("PUT", "/v1/orders/(\\w+)/parcels/([^/]+)", this::parcel);
        on("GET", "/v1/account", request -> Answer.json(200, Map.of("shop", "Toys", "mayWrite", true)));
    }

    @Override
    Optional<Answer> unauthorised(Request request) {
        return KEY.equals(request.header("X-Toy-Key")) ? Optional.empty() : Optional.of(refused());
    }

    private Answer list(Request request) {
        String ref = request.query().get("ref");
        if (ref != null) {
            return answer(orders.values().stream()
                    .filter(order -> order.path("ref").asText().equals(ref))
                    .toList());
        }
        Instant since = Instant.parse(request.query().get("changedSince"));
        List<ObjectNode> changed = orders.values().stream()
                .filter(order -> !changed(order).isBefore(since))
                .sorted(Comparator.comparing(ToyShopSimulator::changed)
                        .thenComparing(order -> order.path("no").asText()))
                .limit(Math.min(100, Integer.parseInt(request.query().get("limit"))))
                .toList();
        Answer answer = answer(changed);
        afterPage.run();
        return answer;
    }

    private static Answer answer(List<ObjectNode> orders) {
        ObjectNode answer = EventJson.MAPPER.createObjectNode();
        ArrayNode list = answer.putArray("orders");
        orders.forEach(list::add);
        return Answer.json(200, answer);
    }

    private static Instant changed(JsonNode order) {
        return Instant.parse(order.path("changed").asText());
    }

    private Answer create(Request request) {
        ObjectNode order = request.json().deepCopy();
        for (JsonNode line : order.path("lines")) {
            if (!articles.contains(line.path("sku").asText())) {
                return Answer.json(
                        422,
                        Map.of("error", "no such article: " + line.path("sku").asText()));
            }
        }
        order.put("no", ++numbers).put("placed", now()).put("changed", now());
        orders.put(order.path("no").asText(), order);
        return Answer.json(201, order);
    }

    private Answer cancel(Request request) {
        return existing(request)
                .map(order -> {
                    order.put("state", "cancelled").put("changed", now());
                    return Answer.empty(204);
                })
                .orElseGet(() -> Answer.json(404, Map.of("error", "no such order")));
    }

    private Answer parcel(Request request) {
        return existing(request)
                .map(order -> {
                    parcels.computeIfAbsent(request.groups().get(0), no -> new LinkedHashMap<>())
                            .put(request.groups().get(1), request.json());
                    return Answer.json(200, request.json());
                })
                .orElseGet(() -> Answer.json(404, Map.of("error", "no such order")));
    }

    private Optional<ObjectNode> existing(Request request) {
        return Optional.ofNullable(orders.get(request.groups().get(0)));
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

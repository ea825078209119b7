package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The connector that the documentation writes, lying beside the shipped ones as one of ops does. */
final class ToyShopCase extends ConnectorCase {
    static final Path ROUTES = Path.of("src/test/resources/own-routes");
    private static final String HOOK_SECRET = "toy-hook-secret";

    private final ToyShopSimulator source = new ToyShopSimulator();
    private final ToyShopSimulator destination = new ToyShopSimulator();

    @Override
    String connector() {
        return "toyshop";
    }

    @Override
    Path folder() {
        return ROUTES.resolve("connectors/toyshop");
    }

    @Override
    int many() {
        return 150;
    }

    @Override
    Set<Part> parts() {
        return EnumSet.complementOf(EnumSet.of(Part.PRODUCTS, Part.STOCK, Part.REFUNDS, Part.REGISTERS));
    }

    @Override
    Simulator source() {
        return source;
    }

    @Override
    Simulator destination() {
        return destination;
    }

    @Override
    Map<String, String> settings(Simulator system) {
        return Map.of(
                "url", system.url(), "key", ToyShopSimulator.KEY, "webhookSecret", HOOK_SECRET, "findSettle", "0s");
    }

    @Override
    void sellSample(JsonNode order) {
        synchronized (source) {
            ObjectNode there = order.deepCopy();
            there.put("changed", Instant.now().toString());
            source.orders.put(there.path("no").asText(), there);
        }
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        ObjectNode order = EventJson.MAPPER
                .createObjectNode()
                .put("no", Long.parseLong(id))
                .put("placed", changed.toString())
                .put("changed", changed.toString())
                .put("state", "paid")
                .put("currency", "USD");
        order.putArray("lines")
                .addObject()
                .put("line", "1")
                .put("sku", sku)
                .put("name", "Ball")
                .put("count", 2)
                .put("each", 1250);
        synchronized (source) {
            source.orders.put(id, order);
        }
    }

    @Override
    void afterPage(Runnable event) {
        source.afterPage = event;
    }

    @Override
    void touch(String id, Instant changed) {
        synchronized (source) {
            ObjectNode order = source.orders.get(id);
            if (order != null) {
                order.put("changed", changed.toString());
            }
        }
    }

    @Override
    Webhook webhook(String id) {
        byte[] body = EventJson.bytes(source.orders.get(id));
        return new Webhook(
                body,
                List.of(
                        "X-Toy-Message",
                        UUID.randomUUID().toString(),
                        "X-Toy-Signature",
                        HexFormat.of().formatHex(hmac(HOOK_SECRET.getBytes(UTF_8), body))));
    }

    @Override
    void article(String sku) {
        synchronized (destination) {
            destination.articles.add(sku);
        }
    }

    @Override
    List<String> created(String number) {
        synchronized (destination) {
            return destination.orders.values().stream()
                    .filter(order -> order.path("number").asText().equals(number))
                    .map(order -> order.path("no").asText())
                    .toList();
        }
    }

    @Override
    Map<String, String> kept(String id) {
        synchronized (destination) {
            JsonNode order = destination.orders.get(id);
            return Map.of(
                    "/number", order.path("number").asText(),
                    "/currency", order.path("currency").asText(),
                    "/customer/email", order.at("/buyer/mail").asText(),
                    "/shippingAddress/line1", order.at("/to/street").asText(),
                    "/shippingAddress/postcode", order.at("/to/zip").asText(),
                    "/lines/0/sku", order.at("/lines/0/sku").asText(),
                    "/lines/0/quantity", order.at("/lines/0/count").asText(),
                    "/note", order.path("remark").asText());
        }
    }

    @Override
    boolean isCancelled(String id) {
        synchronized (destination) {
            return destination.orders.get(id).path("state").asText().equals("cancelled");
        }
    }

    @Override
    boolean isCreate(Simulator.Request request) {
        return request.method().equals("POST") && request.path().endsWith("/orders");
    }

    @Override
    List<String> tracking(String id) {
        synchronized (source) {
            return source.parcels.getOrDefault(id, Map.of()).values().stream()
                    .map(parcel -> parcel.path("tracking").asText())
                    .toList();
        }
    }

    @Override
    boolean isShippedWhole(String id) {
        synchronized (source) {
            int shipped = source.parcels.getOrDefault(id, Map.of()).values().stream()
                    .mapToInt(parcel -> parcel.at("/lines/0/count").asInt())
                    .sum();
            return shipped == source.orders.get(id).at("/lines/0/count").asInt();
        }
    }
}

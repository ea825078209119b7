package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.flow.Routes;
import io.waybill.order.EventJson;
import io.waybill.server.TestServer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;

final class BigCommerceCase extends ConnectorCase {
    private static final String HOOK_SECRET = "big-hook-secret";

    private final BigCommerceSimulator source = new BigCommerceSimulator();
    private final BigCommerceSimulator destination = new BigCommerceSimulator();

    @Override
    String connector() {
        return "bigcommerce";
    }

    /** Refunds are read, not written. */
    @Override
    Set<Part> parts() {
        return EnumSet.complementOf(EnumSet.of(Part.REFUNDS));
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
                "url",
                system.url(),
                "storeHash",
                BigCommerceSimulator.HASH,
                "token",
                BigCommerceSimulator.TOKEN,
                "webhookSecret",
                HOOK_SECRET,
                "webhookUrl",
                "https://orders.example.com/webhooks/shop",
                "findSettle",
                "0s");
    }

    @Override
    Map<String, Own> own() {
        Map<String, Own> own = new LinkedHashMap<>();
        own.put("a status is set by the store's own word", this::setsStatus);
        own.put("an article is made, hidden", this::makesArticle);
        return own;
    }

    private void setsStatus(TestServer server, UnaryOperator<String> channel) {
        ObjectNode order;
        synchronized (destination) {
            order = destination.plain(880_001, Instant.now());
            destination.orders.put(880_001L, order);
        }
        Exchange done = run(server, channel.apply("dst"), "set-status", e -> {
            e.setVariable("externalId", "880001");
            e.setVariable("event", tree("{\"type\": \"status\", \"orderId\": \"1\", \"status\": \"Awaiting Pickup\"}"));
        });
        assertThat(done.getException()).isNull();
        assertThat(order.path("status_id").asInt()).isEqualTo(8);
        Exchange refused = run(server, channel.apply("dst"), "set-status", e -> {
            e.setVariable("externalId", "880001");
            e.setVariable("event", tree("{\"type\": \"status\", \"orderId\": \"1\", \"status\": \"Lost\"}"));
        });
        assertThat(refused.getException()).hasStackTraceContaining("BigCommerce has no status Lost.");
    }

    private void makesArticle(TestServer server, UnaryOperator<String> channel) {
        Exchange made = run(
                server,
                channel.apply("dst"),
                "create-product",
                e -> e.setVariable(
                        "product",
                        tree("{\"sku\": \"BIG-MADE\", \"title\": \"Made\", \"price\": \"9.90\", \"currency\": \"USD\","
                                + " \"images\": [{\"url\": \"https://example.com/a.png\", \"alt\": \"Side\"}]}")));
        assertThat(made.getException()).isNull();
        synchronized (destination) {
            assertThat(destination.articles.get("BIG-MADE").path("price").decimalValue())
                    .isEqualByComparingTo("9.90");
            assertThat(made.getVariable("externalId", String.class))
                    .isEqualTo(destination.articles.get("BIG-MADE").path("id").asText());
        }
    }

    private static Exchange run(TestServer server, String channel, String operation, Consumer<Exchange> more) {
        return server.bean(Routes.class).request("direct:" + channel + "-" + operation, e -> {
            e.setVariable("channel", channel);
            e.setVariable("operation", operation);
            e.setVariable("idempotencyKey", "big-" + operation);
            more.accept(e);
        });
    }

    private static JsonNode tree(String json) {
        return EventJson.tree(json.getBytes(UTF_8));
    }

    @Override
    void sellSample(JsonNode order) {
        synchronized (source) {
            ObjectNode there = order.deepCopy();
            BigCommerceSimulator.changed(there, Instant.now());
            source.orders.put(order.path("id").asLong(), there);
        }
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        synchronized (source) {
            ObjectNode order = source.plain(Long.parseLong(id), changed);
            ObjectNode address = EventJson.MAPPER
                    .createObjectNode()
                    .put("first_name", "Ada")
                    .put("last_name", "Example")
                    .put("city", "Austin")
                    .put("country_iso2", "US");
            source.line(source.parcel(order, address), sku, 2);
            source.orders.put(Long.valueOf(id), order);
        }
    }

    @Override
    void afterPage(Runnable event) {
        source.afterPage = event;
    }

    @Override
    void touch(String id, Instant changed) {
        synchronized (source) {
            Optional.ofNullable(source.orders.get(Long.valueOf(id)))
                    .ifPresent(o -> BigCommerceSimulator.changed(o, changed));
        }
    }

    @Override
    Webhook webhook(String id) {
        ObjectNode body = EventJson.MAPPER.createObjectNode();
        body.put("scope", "store/order/statusUpdated")
                .put("store_id", "1000")
                .put("hash", "dd70c0976e06b67aaf671e73f49dcb79230ebf9d")
                .put("created_at", 1_785_590_102L)
                .put("producer", "stores/" + BigCommerceSimulator.HASH)
                .putObject("data")
                .put("type", "order")
                .put("id", Long.parseLong(id));
        return new Webhook(EventJson.bytes(body), List.of("X-Waybill-Token", HOOK_SECRET));
    }

    /** Nothing signs the body: who knows the header may say anything, and is asked back. */
    @Override
    Webhook forged(Webhook message) {
        return new Webhook(message.body(), List.of("X-Waybill-Token", "another"));
    }

    @Override
    void article(String sku) {
        source.article(sku);
        destination.article(sku);
    }

    @Override
    List<String> created(String number) {
        synchronized (destination) {
            return destination.orders.values().stream()
                    .filter(order -> number(order).equals(number))
                    .map(order -> order.path("id").asText())
                    .toList();
        }
    }

    private static String number(JsonNode order) {
        return order.path("staff_notes").asText().replaceFirst("(?s).*Order number: (\\S+).*", "$1");
    }

    @Override
    Map<String, String> kept(String id) {
        synchronized (destination) {
            ObjectNode order = destination.orders.get(Long.valueOf(id));
            Map<String, String> kept = new LinkedHashMap<>();
            kept.put("/number", number(order));
            kept.put("/currency", order.path("default_currency_code").asText());
            kept.put("/customer/email", order.at("/billing_address/email").asText());
            JsonNode to = order.at("/consignments/shipping/0");
            kept.put(
                    "/shippingAddress/name",
                    to.path("first_name").asText() + " " + to.path("last_name").asText());
            kept.put("/shippingAddress/company", to.path("company").asText());
            kept.put("/shippingAddress/line1", to.path("street_1").asText());
            kept.put("/shippingAddress/line2", to.path("street_2").asText());
            kept.put("/shippingAddress/city", to.path("city").asText());
            kept.put("/shippingAddress/region", to.path("state").asText());
            kept.put("/shippingAddress/postcode", to.path("zip").asText());
            kept.put("/shippingAddress/country", to.path("country_iso2").asText());
            kept.put(
                    "/billingAddress/line1",
                    order.at("/billing_address/street_1").asText());
            kept.put("/shipping/method", to.path("shipping_method").asText());
            JsonNode line = to.at("/line_items/0");
            kept.put("/lines/0/sku", line.path("sku").asText());
            kept.put("/lines/0/quantity", line.path("quantity").asText());
            kept.put("/lines/0/price", line.path("price_ex_tax").asText());
            kept.put("/shipping/price", order.path("shipping_cost_ex_tax").asText());
            kept.put("/totals/discount", order.path("discount_amount").asText());
            kept.put("/totals/total", order.path("total_inc_tax").asText());
            kept.put("/note", order.path("customer_message").asText());
            return kept;
        }
    }

    @Override
    boolean isCancelled(String id) {
        synchronized (destination) {
            return destination.orders.get(Long.valueOf(id)).path("status_id").asInt() == 5;
        }
    }

    @Override
    boolean isCreate(Simulator.Request request) {
        return request.method().equals("POST") && request.path().endsWith("/orders");
    }

    @Override
    void stock(String sku, long quantity) {
        synchronized (source) {
            source.articles.get(sku).put("stock", quantity);
        }
    }

    @Override
    long stocked(String sku) {
        synchronized (destination) {
            return destination.articles.get(sku).path("stock").asLong();
        }
    }

    /** The hook must bring the secret back. */
    @Override
    int registered() {
        synchronized (source) {
            return (int) StreamSupport.stream(source.hooks.spliterator(), false)
                    .filter(hook -> hook.at("/headers/X-Waybill-Token").asText().equals(HOOK_SECRET))
                    .count();
        }
    }

    @Override
    List<String> tracking(String id) {
        synchronized (source) {
            return StreamSupport.stream(
                            source.shipments
                                    .getOrDefault(Long.valueOf(id), EventJson.MAPPER.createArrayNode())
                                    .spliterator(),
                            false)
                    .map(shipment -> shipment.path("tracking_number").asText())
                    .toList();
        }
    }

    @Override
    boolean isShippedWhole(String id) {
        synchronized (source) {
            return source.orders.get(Long.valueOf(id)).path("status_id").asInt() == 2;
        }
    }
}

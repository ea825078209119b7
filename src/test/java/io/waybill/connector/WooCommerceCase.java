package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

final class WooCommerceCase extends ConnectorCase {
    /** The shop keeps a quotation mark as an entity, and signs with the mark. */
    private static final String HOOK_SECRET = "woo&quot;hook";

    private final WooSimulator source = new WooSimulator();
    private final WooSimulator destination = new WooSimulator();

    @Override
    String connector() {
        return "woocommerce";
    }

    @Override
    Map<String, Own> own() {
        return new WooOperations(destination).tests();
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
                "consumerKey",
                WooSimulator.KEY,
                "consumerSecret",
                WooSimulator.SECRET,
                "webhookSecret",
                HOOK_SECRET,
                "webhookUrl",
                "https://orders.example.com/webhooks/shop",
                "findSettle",
                "0s");
    }

    @Override
    void sellSample(JsonNode order) {
        synchronized (source) {
            ObjectNode there = order.deepCopy();
            WooSimulator.changed(there, Instant.now());
            source.orders.put(order.path("id").asLong(), there);
        }
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        synchronized (source) {
            ObjectNode order = source.plain(Long.parseLong(id), changed);
            order.withArray("line_items")
                    .addObject()
                    .put("id", Long.parseLong(id) + 9_000_000)
                    .put("name", "Mug")
                    .put("sku", sku)
                    .put("quantity", 2)
                    .put("subtotal", "25.00")
                    .put("total", "25.00")
                    .put("total_tax", "0.00")
                    .put("product_id", 1);
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
            Optional.ofNullable(source.orders.get(Long.valueOf(id))).ifPresent(o -> WooSimulator.changed(o, changed));
        }
    }

    @Override
    Webhook webhook(String id) {
        byte[] body = EventJson.bytes(source.orders.get(Long.valueOf(id)));
        return new Webhook(
                body,
                List.of(
                        "X-WC-Webhook-Topic",
                        "order.updated",
                        "X-WC-Webhook-Delivery-ID",
                        UUID.randomUUID().toString(),
                        "X-WC-Webhook-Signature",
                        Base64.getEncoder().encodeToString(hmac("woo\"hook".getBytes(UTF_8), body))));
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
                    .filter(order -> meta(order, "_waybill_number").equals(number))
                    .map(order -> order.path("id").asText())
                    .toList();
        }
    }

    private static String meta(JsonNode order, String key) {
        return StreamSupport.stream(order.path("meta_data").spliterator(), false)
                .filter(meta -> meta.path("key").asText().equals(key))
                .map(meta -> meta.path("value").asText())
                .findFirst()
                .orElse("");
    }

    @Override
    Map<String, String> kept(String id) {
        synchronized (destination) {
            JsonNode order = destination.orders.get(Long.valueOf(id));
            Map<String, String> kept = new LinkedHashMap<>();
            kept.put("/number", meta(order, "_waybill_number"));
            kept.put("/currency", order.path("currency").asText());
            kept.put("/customer/email", order.at("/billing/email").asText());
            kept.put(
                    "/customer/name",
                    order.at("/shipping/first_name").asText() + " "
                            + order.at("/shipping/last_name").asText());
            kept.put("/shippingAddress/company", order.at("/shipping/company").asText());
            kept.put("/shippingAddress/line1", order.at("/shipping/address_1").asText());
            kept.put("/shippingAddress/line2", order.at("/shipping/address_2").asText());
            kept.put("/shippingAddress/city", order.at("/shipping/city").asText());
            kept.put("/shippingAddress/region", order.at("/shipping/state").asText());
            kept.put("/shippingAddress/postcode", order.at("/shipping/postcode").asText());
            kept.put("/shippingAddress/country", order.at("/shipping/country").asText());
            kept.put("/billingAddress/line1", order.at("/billing/address_1").asText());
            kept.put("/lines/0/sku", order.at("/line_items/0/sku").asText());
            kept.put("/lines/0/quantity", order.at("/line_items/0/quantity").asText());
            kept.put("/totals/lines", order.at("/line_items/0/subtotal").asText());
            kept.put(
                    "/shipping/method",
                    order.at("/shipping_lines/0/method_title").asText());
            kept.put("/shipping/price", order.at("/shipping_lines/0/total").asText());
            kept.put("/note", order.path("customer_note").asText());
            return kept;
        }
    }

    @Override
    boolean isCancelled(String id) {
        synchronized (destination) {
            return destination
                    .orders
                    .get(Long.valueOf(id))
                    .path("status")
                    .asText()
                    .equals("cancelled");
        }
    }

    @Override
    boolean isCreate(Simulator.Request request) {
        return request.method().equals("POST") && request.path().endsWith("/orders");
    }

    @Override
    void stock(String sku, long quantity) {
        synchronized (source) {
            source.articles.get(sku).put("stock_quantity", quantity);
        }
    }

    @Override
    long stocked(String sku) {
        synchronized (destination) {
            return destination.articles.get(sku).path("stock_quantity").asLong();
        }
    }

    @Override
    List<String> refunds(String id) {
        synchronized (destination) {
            return StreamSupport.stream(
                            destination
                                    .refunds
                                    .getOrDefault(Long.valueOf(id), EventJson.MAPPER.createArrayNode())
                                    .spliterator(),
                            false)
                    .map(refund -> refund.path("amount").asText())
                    .toList();
        }
    }

    @Override
    int registered() {
        synchronized (source) {
            return source.webhooks.size();
        }
    }

    @Override
    List<String> tracking(String id) {
        synchronized (source) {
            return StreamSupport.stream(
                            source.notes
                                    .getOrDefault(Long.valueOf(id), EventJson.MAPPER.createArrayNode())
                                    .spliterator(),
                            false)
                    .map(note -> note.path("note").asText().replaceAll(".*tracking number (\\w+).*", "$1"))
                    .toList();
        }
    }

    @Override
    boolean isShippedWhole(String id) {
        synchronized (source) {
            return source.orders.get(Long.valueOf(id)).path("status").asText().equals("completed");
        }
    }
}

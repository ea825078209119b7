package io.waybill.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import io.waybill.server.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

final class SquarespaceCase extends ConnectorCase {
    private static final String HOOK_SECRET = "00c0ffee1234567890abcdef00c0ffee";

    private static final Duration SOON = Duration.ofSeconds(60);

    private final SquarespaceSimulator source = new SquarespaceSimulator();
    private final SquarespaceSimulator destination = new SquarespaceSimulator();

    @Override
    String connector() {
        return "squarespace";
    }

    @Override
    Set<Part> parts() {
        return EnumSet.complementOf(EnumSet.of(Part.CANCELS, Part.SHIPS, Part.REFUNDS, Part.REGISTERS));
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
                "apiKey",
                SquarespaceSimulator.KEY,
                "webhookSecret",
                HOOK_SECRET,
                "findSettle",
                "0s");
    }

    @Override
    Map<String, Own> own() {
        return Map.of("an order is fulfilled when its last parcel has left", this::theLastParcelFulfils);
    }

    private void theLastParcelFulfils(TestServer server, UnaryOperator<String> channel) {
        JdbcTemplate db = new JdbcTemplate(server.bean(DataSource.class));
        String id = "90001";
        sell(id, "PARCELS-1", Instant.now());
        Webhook news = webhook(id);
        server.webhook(channel.apply("src"), news.body(), news.headers().toArray(String[]::new));
        String there = await().atMost(SOON)
                .until(
                        () -> db.queryForList(
                                "select l.external_id from lane l join orders o on o.id = l.order_id"
                                        + " where l.channel = ? and o.external_id = ? and l.external_id is not null",
                                String.class,
                                channel.apply("sink"),
                                id),
                        ids -> !ids.isEmpty())
                .get(0);

        server.webhook(channel.apply("sink"), parcel(there, id, 1));
        await().atMost(SOON).until(() -> told(db, channel.apply("src"), id) == 1);
        assertThat(isShippedWhole(id)).isFalse();
        server.webhook(channel.apply("sink"), parcel(there, id, 2));
        await().atMost(SOON).until(() -> isShippedWhole(id));
        assertThat(tracking(id)).containsExactly("PARCEL2");
    }

    private static String parcel(String there, String id, int number) {
        return """
                {"type": "shipment", "orderId": "%s", "id": "p%d", "trackingNumber": "PARCEL%2$d",
                 "lines": [{"id": "line-%s", "quantity": 1}]}"""
                .formatted(there, number, id);
    }

    private static int told(JdbcTemplate db, String channel, String id) {
        return db.queryForObject(
                "select count(*) from delivery d join orders o on o.id = d.order_id"
                        + " where d.channel = ? and o.external_id = ? and d.operation = 'ship-order' and d.state = 'delivered'",
                Integer.class,
                channel,
                id);
    }

    @Override
    void sellSample(JsonNode order) {
        synchronized (source) {
            ObjectNode there = order.deepCopy();
            SquarespaceSimulator.changed(there, Instant.now());
            source.orders.put(order.path("id").asText(), there);
        }
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        synchronized (source) {
            source.orders.put(id, source.plain(id, sku, changed));
        }
    }

    @Override
    void afterPage(Runnable event) {
        source.afterPage = event;
    }

    @Override
    void touch(String id, Instant changed) {
        synchronized (source) {
            Optional.ofNullable(source.orders.get(id)).ifPresent(o -> SquarespaceSimulator.changed(o, changed));
        }
    }

    @Override
    Webhook webhook(String id) {
        ObjectNode body = EventJson.MAPPER.createObjectNode();
        body.put("id", "5f7e0b51-1111-4c5e-8f2f-000000000001")
                .put("websiteId", "66ab0000aa11bb22cc33dd41")
                .put("subscriptionId", "sub-1")
                .put("topic", "order.update")
                .put("createdOn", "2026-08-01T13:15:00.000Z")
                .putObject("data")
                .put("orderId", id)
                .put("update", "FULFILLED");
        byte[] bytes = EventJson.bytes(body);
        return new Webhook(bytes, List.of("Squarespace-Signature", signature(bytes)));
    }

    /** The key is what the secret's hexadecimal digits stand for. */
    private static String signature(byte[] body) {
        return HexFormat.of().formatHex(hmac(HexFormat.of().parseHex(HOOK_SECRET), body));
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
        return order.path("externalOrderReference").asText().replaceFirst(" \\[.*", "");
    }

    @Override
    Map<String, String> kept(String id) {
        synchronized (destination) {
            ObjectNode order = destination.orders.get(id);
            Map<String, String> kept = new LinkedHashMap<>();
            kept.put("/number", number(order));
            kept.put("/placedAt", order.path("createdOn").asText());
            kept.put("/currency", order.at("/grandTotal/currency").asText());
            kept.put("/customer/email", order.path("customerEmail").asText());
            JsonNode to = order.path("shippingAddress");
            kept.put(
                    "/shippingAddress/name",
                    to.path("firstName").asText() + " " + to.path("lastName").asText());
            kept.put("/shippingAddress/line1", to.path("address1").asText());
            kept.put("/shippingAddress/city", to.path("city").asText());
            kept.put("/shippingAddress/region", to.path("state").asText());
            kept.put("/shippingAddress/postcode", to.path("postalCode").asText());
            kept.put("/shippingAddress/country", to.path("countryCode").asText());
            kept.put(
                    "/billingAddress/line1",
                    order.at("/billingAddress/address1").asText());
            kept.put("/lines/0/sku", order.at("/lineItems/0/sku").asText());
            kept.put("/lines/0/quantity", order.at("/lineItems/0/quantity").asText());
            kept.put(
                    "/lines/0/price",
                    order.at("/lineItems/0/unitPricePaid/value").asText());
            kept.put("/shipping/method", order.at("/shippingLines/0/method").asText());
            kept.put("/totals/lines", order.at("/subtotal/value").asText());
            kept.put("/totals/discount", order.at("/discountTotal/value").asText());
            kept.put("/totals/shipping", order.at("/shippingTotal/value").asText());
            kept.put("/totals/total", order.at("/grandTotal/value").asText());
            return kept;
        }
    }

    @Override
    boolean isCreate(Simulator.Request request) {
        return request.method().equals("POST") && request.path().endsWith("/orders");
    }

    @Override
    void stock(String sku, long quantity) {
        synchronized (source) {
            source.articles.get(sku).put("quantity", quantity);
        }
    }

    @Override
    long stocked(String sku) {
        synchronized (destination) {
            return destination.articles.get(sku).path("quantity").asLong();
        }
    }

    @Override
    List<String> tracking(String id) {
        return source.tracking(id);
    }

    @Override
    boolean isShippedWhole(String id) {
        synchronized (source) {
            return source.orders.get(id).path("fulfillmentStatus").asText().equals("FULFILLED");
        }
    }
}

package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

final class ShopifyCase extends ConnectorCase {
    private static final String HOOK_SECRET = "shpss_hook";

    private final ShopifySimulator source = new ShopifySimulator();
    private final ShopifySimulator destination = new ShopifySimulator();

    @Override
    String connector() {
        return "shopify";
    }

    @Override
    Set<Part> parts() {
        return EnumSet.complementOf(EnumSet.of(Part.SHIPS_WHOLE));
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
                "token",
                ShopifySimulator.TOKEN,
                "webhookSecret",
                HOOK_SECRET,
                "webhookUrl",
                "https://orders.example.com/webhooks/shopify",
                "location",
                "67890123456",
                "findSettle",
                "0s");
    }

    @Override
    Map<String, Own> own() {
        return new ShopifyOperations(destination).tests();
    }

    @Override
    void sellSample(JsonNode order) {
        synchronized (source) {
            ObjectNode there = source.plain(order.path("legacyResourceId").asLong(), Instant.now());
            there.setAll((ObjectNode) order.deepCopy());
            there.put("updatedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            source.orders.put(order.path("legacyResourceId").asLong(), there);
        }
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        synchronized (source) {
            ObjectNode order = source.plain(Long.parseLong(id), changed);
            source.addLine(order, source.line(Long.parseLong(id) + 9_000_000, sku, 2));
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
                    .ifPresent(o -> o.put(
                            "updatedAt", changed.truncatedTo(ChronoUnit.SECONDS).toString()));
        }
    }

    /** The body has REST's form; only what is read of it stands here. */
    @Override
    Webhook webhook(String id) {
        ObjectNode order = EventJson.MAPPER.createObjectNode();
        order.put("admin_graphql_api_id", ShopifySimulator.gid("Order", Long.parseLong(id)))
                .put("id", Long.parseLong(id))
                .put("total_price", "25.10");
        byte[] body = EventJson.bytes(order);
        return new Webhook(
                body,
                List.of(
                        "X-Shopify-Topic",
                        "orders/updated",
                        "X-Shopify-Webhook-Id",
                        UUID.randomUUID().toString(),
                        "X-Shopify-Hmac-SHA256",
                        Base64.getEncoder().encodeToString(hmac(HOOK_SECRET.getBytes(UTF_8), body))));
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
                    .filter(order -> order.path("name").asText().equals(number))
                    .map(order -> order.path("legacyResourceId").asText())
                    .toList();
        }
    }

    @Override
    Map<String, String> kept(String id) {
        synchronized (destination) {
            JsonNode order = destination.orders.get(Long.valueOf(id));
            JsonNode to = order.path("shippingAddress");
            Map<String, String> kept = new LinkedHashMap<>();
            kept.put("/number", order.path("name").asText());
            kept.put("/currency", order.path("currencyCode").asText());
            kept.put("/customer/email", order.path("email").asText());
            kept.put(
                    "/shippingAddress/name",
                    to.path("firstName").asText() + " " + to.path("lastName").asText());
            kept.put("/shippingAddress/company", to.path("company").asText());
            kept.put("/shippingAddress/line1", to.path("address1").asText());
            kept.put("/shippingAddress/line2", to.path("address2").asText());
            kept.put("/shippingAddress/city", to.path("city").asText());
            kept.put("/shippingAddress/region", to.path("provinceCode").asText());
            kept.put("/shippingAddress/postcode", to.path("zip").asText());
            kept.put("/shippingAddress/country", to.path("countryCodeV2").asText());
            kept.put("/shippingAddress/phone", to.path("phone").asText());
            kept.put(
                    "/billingAddress/line1",
                    order.at("/billingAddress/address1").asText());
            kept.put("/lines/0/sku", order.at("/lineItems/nodes/0/sku").asText());
            kept.put("/lines/0/title", order.at("/lineItems/nodes/0/title").asText());
            kept.put(
                    "/lines/0/quantity", order.at("/lineItems/nodes/0/quantity").asText());
            kept.put(
                    "/lines/0/price",
                    order.at("/lineItems/nodes/0/originalUnitPriceSet/shopMoney/amount")
                            .asText());
            kept.put(
                    "/totals/discount",
                    order.at("/discountCode/itemFixedDiscountCode/amountSet/shopMoney/amount")
                            .asText());
            kept.put(
                    "/totals/total",
                    order.at("/transactions/0/amountSet/shopMoney/amount").asText());
            kept.put("/shipping/method", order.at("/shippingLine/title").asText());
            kept.put(
                    "/shipping/price",
                    order.at("/shippingLine/originalPriceSet/shopMoney/amount").asText());
            kept.put("/note", order.path("note").asText());
            return kept;
        }
    }

    @Override
    boolean isCancelled(String id) {
        synchronized (destination) {
            return !destination.orders.get(Long.valueOf(id)).path("cancelledAt").isNull();
        }
    }

    @Override
    boolean isCreate(Simulator.Request request) {
        return request.text().contains("orderCreate(");
    }

    @Override
    void stock(String sku, long quantity) {
        synchronized (source) {
            source.stock(sku, (int) quantity);
        }
    }

    @Override
    long stocked(String sku) {
        synchronized (destination) {
            return destination.stock(sku);
        }
    }

    @Override
    List<String> refunds(String id) {
        synchronized (destination) {
            return StreamSupport.stream(
                            destination
                                    .orders
                                    .get(Long.valueOf(id))
                                    .path("refunds")
                                    .spliterator(),
                            false)
                    .map(refund ->
                            refund.at("/totalRefundedSet/shopMoney/amount").asText())
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
                            ((ArrayNode) source.orders.get(Long.valueOf(id)).path("fulfillments")).spliterator(), false)
                    .map(fulfilment -> fulfilment.at("/trackingInfo/0/number").asText())
                    .toList();
        }
    }

    @Override
    boolean isShippedWhole(String id) {
        synchronized (source) {
            return source.orders
                    .get(Long.valueOf(id))
                    .path("displayFulfillmentStatus")
                    .asText()
                    .equals("FULFILLED");
        }
    }
}

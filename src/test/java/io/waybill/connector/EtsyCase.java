package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

final class EtsyCase extends ConnectorCase {
    private static final byte[] HOOK_KEY = "a key of twenty-four byt".getBytes(UTF_8);

    private final EtsySimulator source = new EtsySimulator();
    private final EtsySimulator destination = new EtsySimulator();

    @Override
    String connector() {
        return "etsy";
    }

    /** Etsy makes no orders. A parcel marks all of a receipt as shipped. */
    @Override
    Set<Part> parts() {
        return EnumSet.of(Part.POLLS, Part.WEBHOOK, Part.SHIPS_WHOLE, Part.PRODUCTS, Part.STOCK, Part.CHECKS);
    }

    @Override
    Map<String, Own> own() {
        return new EtsyOperations(source).tests();
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
                "shopId",
                EtsySimulator.SHOP,
                "keystring",
                EtsySimulator.KEYSTRING,
                "sharedSecret",
                EtsySimulator.SHARED_SECRET,
                "refreshToken",
                EtsySimulator.REFRESH,
                "webhookSecret",
                "whsec_" + Base64.getEncoder().encodeToString(HOOK_KEY));
    }

    @Override
    void sellSample(JsonNode order) {
        synchronized (source) {
            ObjectNode there = order.deepCopy();
            EtsySimulator.changed(there, Instant.now());
            source.receipts.put(order.path("receipt_id").asLong(), there);
        }
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        synchronized (source) {
            source.receipts.put(Long.valueOf(id), source.plain(Long.parseLong(id), sku, changed));
        }
    }

    @Override
    void afterPage(Runnable event) {
        source.afterPage = event;
    }

    @Override
    void touch(String id, Instant changed) {
        synchronized (source) {
            Optional.ofNullable(source.receipts.get(Long.valueOf(id)))
                    .ifPresent(receipt -> EtsySimulator.changed(receipt, changed));
        }
    }

    @Override
    Webhook webhook(String id) {
        byte[] body = EventJson.bytes(EventJson.MAPPER
                .createObjectNode()
                .put("event_type", "order.paid")
                .put(
                        "resource_url",
                        "https://openapi.etsy.com/v3/application/shops/" + EtsySimulator.SHOP + "/receipts/" + id)
                .put("shop_id", EtsySimulator.SHOP));
        String message = "msg_" + UUID.randomUUID();
        String seconds = String.valueOf(Instant.now().getEpochSecond());
        String signature = "v1,"
                + Base64.getEncoder()
                        .encodeToString(hmac(HOOK_KEY, (message + "." + seconds + ".").getBytes(UTF_8), body));
        return new Webhook(
                body, List.of("webhook-id", message, "webhook-timestamp", seconds, "webhook-signature", signature));
    }

    @Override
    void article(String sku) {
        for (EtsySimulator shop : List.of(source, destination)) {
            if (shop.offering(sku).isEmpty()) {
                shop.addListing(sku);
            }
        }
    }

    @Override
    void stock(String sku, long quantity) {
        source.offering(sku).orElseThrow().put("quantity", quantity);
    }

    @Override
    long stocked(String sku) {
        return destination.offering(sku).orElseThrow().path("quantity").asLong();
    }

    @Override
    List<String> tracking(String id) {
        synchronized (source) {
            List<String> codes = new ArrayList<>();
            source.receipts
                    .get(Long.valueOf(id))
                    .path("shipments")
                    .forEach(
                            shipment -> codes.add(shipment.path("tracking_code").asText()));
            return codes;
        }
    }

    @Override
    boolean isShippedWhole(String id) {
        synchronized (source) {
            return source.receipts.get(Long.valueOf(id)).path("is_shipped").asBoolean();
        }
    }
}

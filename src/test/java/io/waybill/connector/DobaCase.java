package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Doba as a retailer has it: a destination only. */
final class DobaCase extends ConnectorCase {
    private final DobaSimulator source = new DobaSimulator();
    private final DobaSimulator destination = new DobaSimulator();

    @Override
    String connector() {
        return "doba";
    }

    @Override
    Set<Part> parts() {
        return EnumSet.of(
                Part.CREATES, Part.CANCELS, Part.KNOWS_ARTICLES, Part.LOCKS, Part.LIMITS, Part.PRODUCTS, Part.CHECKS);
    }

    @Override
    Map<String, Own> own() {
        return new DobaOperations(destination).tests();
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
                "appKey",
                DobaSimulator.APP_KEY,
                "privateKey",
                DobaSimulator.privateKey(),
                "catId",
                "77",
                "findSettle",
                "0s");
    }

    @Override
    void sellSample(JsonNode order) {
        throw new UnsupportedOperationException("a retailer's orders are not sold at Doba");
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        throw new UnsupportedOperationException("a retailer's orders are not sold at Doba");
    }

    @Override
    void article(String sku) {
        source.article(sku);
        destination.article(sku);
    }

    /** Doba keeps the shop's own number, which here is the number without its mark. */
    @Override
    List<String> created(String number) {
        return destination.numbers(number.replace("#", ""));
    }

    @Override
    Map<String, String> kept(String id) {
        JsonNode sent = destination.imported(id);
        JsonNode order = sent.at("/openApiImportDSOrderList/0");
        Map<String, String> kept = new LinkedHashMap<>();
        kept.put("/id", order.path("storeOrderBusiId").asText());
        kept.put("/note", order.path("remark").asText());
        kept.put("/totals/total", order.path("storeOrderAmount").asText());
        kept.put("/lines/0/sku", order.at("/goodsDetailDTOList/0/itemNo").asText());
        kept.put(
                "/lines/0/quantity",
                order.at("/goodsDetailDTOList/0/quantityOrdered").asText());
        kept.put("/shippingAddress/name", order.at("/shippingAddress/name").asText());
        kept.put("/shippingAddress/line1", order.at("/shippingAddress/addr1").asText());
        kept.put("/shippingAddress/line2", order.at("/shippingAddress/addr2").asText());
        kept.put("/shippingAddress/city", order.at("/shippingAddress/city").asText());
        kept.put(
                "/shippingAddress/region",
                order.at("/shippingAddress/provinceCode").asText());
        kept.put("/shippingAddress/postcode", order.at("/shippingAddress/zip").asText());
        kept.put(
                "/shippingAddress/country",
                order.at("/shippingAddress/countryCode").asText());
        kept.put(
                "/shippingAddress/phone", order.at("/shippingAddress/telephone").asText());
        kept.put("/billingAddress/line1", sent.at("/billingAddress/addr1").asText());
        kept.put("/billingAddress/postcode", sent.at("/billingAddress/zip").asText());
        return kept;
    }

    @Override
    boolean isCancelled(String id) {
        synchronized (destination) {
            return DobaSimulator.orders(destination.batches.get(id)).stream()
                    .allMatch(order -> order.path("ordStatusName").asText().equals("Closed"));
        }
    }

    @Override
    boolean isCreate(Simulator.Request request) {
        return request.path().endsWith("/importOrder");
    }
}

package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.flow.Routes;
import io.waybill.order.EventJson;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;

/** Doba as a supplier has it: a source only. */
final class DobaSupplierCase extends ConnectorCase {
    private final DobaSupplierSimulator source = new DobaSupplierSimulator();
    private final DobaSupplierSimulator destination = new DobaSupplierSimulator();

    @Override
    String connector() {
        return "doba-supplier";
    }

    @Override
    Set<Part> parts() {
        return EnumSet.of(Part.POLLS, Part.SHIPS, Part.PRODUCTS, Part.CHECKS);
    }

    @Override
    Map<String, Own> own() {
        return Map.of("a parcel whose answer was lost is told once", (server, channel) -> {
            source.sell("990001", "MUG-BLUE", Instant.now());
            source.next(request -> request.path().endsWith("/updateOrderLogistics"), Simulator.Fault.CUT_AFTER);

            assertThat(ship(server.bean(Routes.class), channel.apply("src")).getException())
                    .isNotNull();
            assertThat(ship(server.bean(Routes.class), channel.apply("src")).getException())
                    .isNull();

            assertThat(source.parcels("990001")).containsExactly("1Z9");
        });
    }

    private static Exchange ship(Routes routes, String channel) {
        String event =
                "{\"type\": \"shipment\", \"orderId\": \"1\", \"id\": \"s\", \"carrier\": \"UPS\", \"trackingNumber\": \"1Z9\", \"lines\": []}";
        return routes.request("direct:" + channel + "-ship-order", e -> {
            e.setVariable("channel", channel);
            e.setVariable("operation", "ship-order");
            e.setVariable("externalId", "990001");
            e.setVariable("event", EventJson.tree(event.getBytes(UTF_8)));
        });
    }

    @Override
    Simulator source() {
        return source;
    }

    @Override
    Simulator destination() {
        return destination;
    }

    /** The sample is of one day, whatever day it is. */
    @Override
    Map<String, String> settings(Simulator system) {
        return Map.of(
                "url",
                system.url(),
                "appKey",
                DobaSimulator.APP_KEY,
                "privateKey",
                DobaSimulator.privateKey(),
                "lookBackDays",
                "9000",
                "pageSize",
                "100");
    }

    @Override
    void sellSample(JsonNode order) {
        synchronized (source) {
            source.orders.put(order.path("ordBusiId").asText(), order.deepCopy());
        }
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        source.sell(id, sku, changed);
    }

    @Override
    void afterPage(Runnable event) {
        source.afterPage = event;
    }

    /** One more order comes while the pages are turned: all others move on by one. */
    @Override
    void touch(String id, Instant changed) {
        source.sell("55" + id, "MUG-BLUE", changed);
    }

    @Override
    void article(String sku) {
        source.article(sku);
        destination.article(sku);
    }

    @Override
    List<String> tracking(String id) {
        return source.parcels(id);
    }

    @Override
    boolean isShippedWhole(String id) {
        synchronized (source) {
            return source.orders.get(id).path("ordStatus").asText().equals("In Transit");
        }
    }
}

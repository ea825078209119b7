package io.waybill.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connector.ConnectorCase.Own;
import io.waybill.connector.Simulator.Fault;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.Routes;
import io.waybill.order.EventJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;

/** What only Shopify's operations do, by their own routes on the contract's server. */
final class ShopifyOperations {
    private static final String KEY = "0123456789abcdef0123456789abcdef0123";

    private final ShopifySimulator store;
    private Routes routes;
    private long orders = 8_000_000;

    ShopifyOperations(ShopifySimulator store) {
        this.store = store;
    }

    Map<String, Own> tests() {
        Map<String, Own> tests = new LinkedHashMap<>();
        tests.put("a shipment from two places is told by two fulfilments, once", on(this::twoPlaces));
        tests.put("a shipment without a number whose answer was lost is told once", on(this::lostShipment));
        tests.put("what is on hold is not shipped", on(this::onHold));
        tests.put("money is given back once", on(this::refundOnce));
        tests.put("a refund that no payment can hold is refused", on(this::refundTooMuch));
        tests.put("a return is made once, of what was sent", on(this::returnOnce));
        tests.put("some lines are cancelled without money", on(this::someLines));
        tests.put("an update keeps what others added", on(this::update));
        tests.put("tags are added, and taken away only at home", on(this::tags));
        tests.put("what the store refuses is said in its words", on(this::refusal));
        tests.put("a status that cannot be asked for is refused", on(this::strangeStatus));
        tests.put("an order of 130 lines is read whole", on(this::manyLines));
        tests.put("an article is made as a draft", on(this::article));
        tests.put("stock of what is not there is named", on(this::unknownStock));
        tests.put("check names the scope that is missing", on(this::check));
        return tests;
    }

    private Own on(Runnable test) {
        return (server, channel) -> {
            routes = server.bean(Routes.class);
            test.run();
        };
    }

    private void twoPlaces() {
        ObjectNode order = order(1);
        ObjectNode second = store.addPlace(order);
        ObjectNode open = ((com.fasterxml.jackson.databind.node.ArrayNode) second.at("/lineItems/nodes")).addObject();
        open.put("id", "gid://shopify/FulfillmentOrderLineItem/77").put("remainingQuantity", 2);
        open.set("lineItem", order.at("/fulfillmentOrders/nodes/0/lineItems/nodes/0/lineItem"));
        String shipment =
                """
                {"type": "shipment", "orderId": "1", "id": "two", "carrier": "UPS", "trackingNumber": "T-2",
                 "trackingUrl": "https://example.com/T-2", "lines": [{"id": "%s", "quantity": 3}]}"""
                        .formatted(line(order));

        done("ship-order", order, shipment);
        done("ship-order", order, shipment);

        assertThat(order.path("fulfillments")).hasSize(2);
        assertThat(order.path("fulfillments").findValuesAsText("number")).containsExactly("T-2", "T-2");
        assertThat(order.at("/shipments/value").asText()).contains("two");
    }

    private void lostShipment() {
        ObjectNode order = order(2);
        String shipment =
                "{\"type\": \"shipment\", \"orderId\": \"1\", \"id\": \"lost\", \"lines\": [{\"id\": \"%s\", \"quantity\": 1}]}"
                        .formatted(line(order));
        store.next(request -> request.text().contains("fulfillmentCreate("), Fault.CUT_AFTER);

        assertThat(run("ship-order", order, shipment).getException()).isNotNull();
        done("ship-order", order, shipment);
        done("ship-order", order, shipment.replace("lost", "next"));

        assertThat(order.path("fulfillments")).hasSize(2);
    }

    private void onHold() {
        ObjectNode order = order(1);
        ((ObjectNode) order.at("/fulfillmentOrders/nodes/0")).put("status", "ON_HOLD");
        Exchange exchange = run(
                "ship-order",
                order,
                "{\"type\": \"shipment\", \"orderId\": \"1\", \"id\": \"held\", \"lines\": [{\"id\": \"%s\", \"quantity\": 1}]}"
                        .formatted(line(order)));
        assertThat(exchange.getException()).hasMessageContaining("on_hold");
        assertThat(order.path("fulfillments")).isEmpty();
    }

    private void refundOnce() {
        ObjectNode order = paid(order(2), "25.00");
        String event =
                """
                {"type": "return", "orderId": "1", "id": "r1", "reason": "broken", "refund": "12.50",
                 "lines": [{"id": "%s", "quantity": 1}]}"""
                        .formatted(line(order));
        store.next(request -> request.text().contains("refundCreate("), Fault.CUT_AFTER);

        assertThat(run("refund-order", order, event).getException()).isNotNull();
        done("refund-order", order, event);

        assertThat(order.path("refunds")).hasSize(1);
        assertThat(order.at("/refunds/0/totalRefundedSet/shopMoney/amount").asText())
                .isEqualTo("12.50");
        assertThat(order.at("/lineItems/nodes/0/currentQuantity").asInt()).isEqualTo(1);
    }

    private void refundTooMuch() {
        ObjectNode order = paid(order(2), "10.00");
        Exchange exchange = run(
                "refund-order",
                order,
                "{\"type\": \"return\", \"orderId\": \"1\", \"id\": \"r2\", \"refund\": \"10.01\", \"lines\": []}");
        assertThat(exchange.getException()).hasMessageContaining("No single payment");
        assertThat(order.path("refunds")).isEmpty();
    }

    private void returnOnce() {
        ObjectNode order = order(2);
        String event =
                "{\"type\": \"return\", \"orderId\": \"1\", \"id\": \"r3\", \"reason\": \"too small\", \"lines\": [{\"id\": \"%s\", \"quantity\": 1}]}"
                        .formatted(line(order));
        assertThat(run("return-order", order, event).getException()).hasMessageContaining("were fulfilled");
        done("ship-order", order, "{\"type\": \"shipment\", \"orderId\": \"1\", \"id\": \"s3\", \"lines\": []}");

        done("return-order", order, event);
        done("return-order", order, event);

        assertThat(order.at("/returns/nodes")).hasSize(1);
        assertThat(order.at("/returns/nodes/0/returnLineItems/nodes/0/quantity").asInt())
                .isEqualTo(1);
    }

    private void someLines() {
        ObjectNode order = paid(order(3), "37.50");
        String event =
                "{\"type\": \"cancellation\", \"orderId\": \"1\", \"id\": \"c1\", \"by\": \"customer\", \"lines\": [{\"id\": \"%s\", \"quantity\": 2}]}"
                        .formatted(line(order));

        done("cancel-order", order, event);
        done("cancel-order", order, event);

        assertThat(order.path("cancelledAt").isNull()).isTrue();
        assertThat(order.at("/lineItems/nodes/0/currentQuantity").asInt()).isEqualTo(1);
        assertThat(order.at("/refunds/0/totalRefundedSet/shopMoney/amount").asText())
                .isEqualTo("0.0");
    }

    private void update() {
        ObjectNode order = order(2);
        order.putArray("tags").add("theirs");
        order.withArray("customAttributes").addObject().put("key", "packed").put("value", "by Bob");
        done(
                "update-order",
                order,
                """
                {"type": "order", "order": {"id": "1", "number": "A-1", "currency": "USD", "status": "paid", "note": "new",
                 "tags": ["ours"], "attributes": {"gift": "yes"}, "shippingAddress": {"name": "Ada Example", "line1": "9 New St",
                 "city": "Austin", "region": "TX", "postcode": "78701", "country": "US"}}}""");

        assertThat(order.path("note").asText()).isEqualTo("new");
        assertThat(order.at("/shippingAddress/address1").asText()).isEqualTo("9 New St");
        assertThat(texts(order.path("tags"))).containsExactly("theirs", "ours");
        assertThat(order.path("customAttributes").findValuesAsText("key")).contains("packed", "gift");
    }

    private void tags() {
        ObjectNode order = order(1);
        order.putArray("tags").add("old").add("kept");
        String event = "{\"type\": \"tags\", \"orderId\": \"1\", \"id\": \"t1\", \"tags\": [\"kept\", \"new\"]}";

        done("set-tags", order, event);
        assertThat(texts(order.path("tags"))).containsExactly("old", "kept", "new");

        run("set-tags", order, event, e -> e.setVariable("order", node("{\"id\": \"" + id(order) + "\"}")));
        assertThat(texts(order.path("tags"))).containsExactly("kept", "new");
    }

    private void refusal() {
        Exchange exchange = run(
                "set-tags",
                order(1),
                "{\"type\": \"tags\", \"orderId\": \"1\", \"id\": \"t2\", \"tags\": [\"%s\"]}"
                        .formatted("x".repeat(41)));
        assertThat(exchange.getException())
                .isInstanceOf(DeliveryFault.class)
                .hasMessageContaining("Tag is too long (maximum is 40 characters)");
    }

    private void strangeStatus() {
        Exchange exchange = run("poll-orders", null, null, e -> {
            e.setVariable("updatedSince", "2026-11-20T00:00:00Z");
            e.setVariable("statuses", List.of("paid", "restocked"));
        });
        assertThat(exchange.getException()).hasMessageContaining("restocked");
    }

    private void manyLines() {
        ObjectNode order = order(1);
        for (int i = 1; i < 130; i++) {
            store.addLine(order, store.line(700_000 + i, "SKU-" + i, 1));
        }
        Exchange exchange = run("read-event", order, null, e -> {
            e.setVariable("topic", "orders/updated");
            e.getMessage().setBody(EventJson.bytes(node("{\"id\": " + id(order) + "}")));
        });
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(JsonNode.class).at("/0/order/lines"))
                .hasSize(130);
    }

    private void article() {
        Exchange exchange = run(
                "create-product",
                null,
                null,
                e -> e.setVariable(
                        "product",
                        node(
                                "{\"sku\": \"MADE-1\", \"title\": \"Made\", \"price\": \"9.90\", \"images\": [{\"url\": \"https://example.com/a.png\"}]}")));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("externalId", String.class)).matches("\\d+");
        assertThat(store.variants.get("MADE-1").at("/product/status").asText()).isEqualTo("DRAFT");
    }

    private void unknownStock() {
        store.article("HERE-1");
        Exchange exchange = run("write-inventory", null, null, e -> {
            e.setVariable("idempotencyKey", UUID.randomUUID().toString());
            e.setVariable(
                    "stock",
                    node("[{\"sku\": \"HERE-1\", \"quantity\": 0}, {\"sku\": \"NOWHERE-1\", \"quantity\": 3}]"));
        });
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("unknown", JsonNode.class)).isEqualTo(node("[\"NOWHERE-1\"]"));
        assertThat(store.stock("HERE-1")).isZero();
    }

    private void check() {
        synchronized (store) {
            store.scopes.remove("write_returns");
        }
        JsonNode findings = run("check", null, null, e -> {}).getMessage().getBody(JsonNode.class);
        assertThat(StreamSupport.stream(findings.spliterator(), false)
                        .filter(finding -> finding.path("state").asText().equals("problem"))
                        .map(finding -> finding.path("what").asText()))
                .containsExactly("scope write_returns");
    }

    private ObjectNode order(int quantity) {
        synchronized (store) {
            long id = ++orders;
            ObjectNode order = store.plain(id, Instant.now());
            store.addLine(order, store.line(id + 1_000_000, "OWN", quantity));
            store.orders.put(id, order);
            return order;
        }
    }

    private ObjectNode paid(ObjectNode order, String amount) {
        ObjectNode payment = order.withArray("transactions").addObject();
        payment.put("id", ShopifySimulator.gid("OrderTransaction", ++orders))
                .put("kind", "SALE")
                .put("status", "SUCCESS")
                .put("gateway", "manual");
        payment.putObject("maximumRefundableV2").put("amount", amount).put("currencyCode", "USD");
        return order;
    }

    private static String id(JsonNode order) {
        return order.path("legacyResourceId").asText();
    }

    private static String line(JsonNode order) {
        String gid = order.at("/lineItems/nodes/0/id").asText();
        return gid.substring(gid.lastIndexOf('/') + 1);
    }

    private static JsonNode node(String json) {
        return EventJson.tree(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private void done(String operation, ObjectNode order, String event) {
        assertThat(run(operation, order, event).getException()).as(operation).isNull();
    }

    private Exchange run(String operation, ObjectNode order, String event) {
        return run(operation, order, event, e -> {});
    }

    private Exchange run(String operation, ObjectNode order, String event, Consumer<Exchange> more) {
        return routes.request("direct:shopify-dst-" + operation, e -> {
            e.setVariable("channel", "shopify-dst");
            e.setVariable("operation", operation);
            if (order != null) {
                e.setVariable("externalId", id(order));
                e.setVariable("idempotencyKey", (id(order) + KEY).substring(0, 40));
            }
            if (event != null) {
                e.setVariable("event", node(event));
            }
            more.accept(e);
        });
    }
}

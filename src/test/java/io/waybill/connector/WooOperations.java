package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connector.ConnectorCase.Own;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.flow.Routes;
import io.waybill.order.EventJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;

/** What only WooCommerce's operations do, by their own routes on the contract's server. */
final class WooOperations {
    private final WooSimulator shop;
    private Routes routes;
    private int made;

    WooOperations(WooSimulator shop) {
        this.shop = shop;
    }

    Map<String, Own> tests() {
        Map<String, Own> tests = new LinkedHashMap<>();
        tests.put("an update keeps what others added", on(this::update));
        tests.put("an update that names an unknown article waits", on(this::updateUnknown));
        tests.put("some pieces are cancelled once, and their price with them", on(this::somePieces));
        tests.put("of a shop's own order no single line is cancelled", on(this::ownLines));
        tests.put("a status is set", on(this::status));
        tests.put("images are told as addresses", on(this::images));
        tests.put("an article is made as a draft", on(this::article));
        tests.put("an article whose SKU is taken is refused in the shop's words", on(this::takenSku));
        tests.put("a variation is ordered, stocked and told under its article", on(this::variation));
        return tests;
    }

    private Own on(Runnable test) {
        return (server, channel) -> {
            routes = server.bean(Routes.class);
            test.run();
        };
    }

    private void update() {
        ObjectNode there = made("[" + line("1", "WOO-A", 2) + ", " + line("2", "WOO-B", 1) + "]");
        long first = there.at("/line_items/0/id").asLong();
        there.withArray("line_items")
                .addObject()
                .put("id", 42)
                .put("name", "A card of ours")
                .put("quantity", 1);

        done("update-order", there, order("[" + line("1", "WOO-A", 3) + ", " + line("3", "WOO-B", 1) + "]", "new"));

        List<JsonNode> lines = lines(there);
        assertThat(lines).extracting(line -> line.path("quantity").asInt()).containsExactly(3, 1, 1);
        assertThat(lines.get(0).path("id").asLong()).isEqualTo(first);
        assertThat(lines.get(0).path("subtotal").asText()).isEqualTo("37.50");
        assertThat(lines.get(1).path("id").asInt()).isEqualTo(42);
        assertThat(lines.get(2).at("/meta_data/0/value").asText()).isEqualTo("3");
        assertThat(there.path("customer_note").asText()).isEqualTo("new");
        assertThat(there.at("/shipping/city").asText()).isEqualTo("Austin");
    }

    private void updateUnknown() {
        ObjectNode there = made("[" + line("1", "WOO-A", 2) + "]");
        Exchange exchange = run("update-order", there, order("[" + line("1", "WOO-NOWHERE", 2) + "]", "new"));
        assertThat(fault(exchange).faultKind()).isEqualTo(Kind.UNKNOWN_SKU);
        assertThat(there.path("customer_note").asText()).isEqualTo("old");
    }

    private void somePieces() {
        ObjectNode there = made("[" + line("1", "WOO-A", 3) + ", " + line("2", "WOO-B", 1) + "]");
        String cancellation =
                """
                {"type": "cancellation", "orderId": "1", "id": "c1", "by": "customer",
                 "lines": [{"id": "1", "quantity": 1}, {"id": "2", "quantity": 1}]}""";
        done("cancel-order", there, cancellation);
        done("cancel-order", there, cancellation);

        assertThat(lines(there)).singleElement().satisfies(line -> {
            assertThat(line.path("quantity").asInt()).isEqualTo(2);
            assertThat(line.path("subtotal").asText()).isEqualTo("25.00");
            assertThat(line.path("total").asText()).isEqualTo("25.00");
        });
        assertThat(there.path("status").asText()).isEqualTo("processing");
    }

    private void ownLines() {
        ObjectNode there = made("[" + line("1", "WOO-A", 3) + "]");
        ((ObjectNode) there.at("/line_items/0")).putArray("meta_data");
        Exchange exchange = run(
                "cancel-order",
                there,
                """
                {"type": "cancellation", "orderId": "1", "id": "c1", "lines": [{"id": "1", "quantity": 1}]}""");
        assertThat(fault(exchange).faultKind()).isEqualTo(Kind.REFUSED);
        assertThat(fault(exchange)).hasMessageContaining("whole or not at all");
    }

    private void status() {
        ObjectNode there = made("[" + line("1", "WOO-A", 1) + "]");
        done("set-status", there, "{\"type\": \"status\", \"orderId\": \"1\", \"status\": \"on-hold\"}");
        assertThat(there.path("status").asText()).isEqualTo("on-hold");
    }

    private void images() {
        shop.article("WOO-IMG");
        shop.articles
                .get("WOO-IMG")
                .withArray("images")
                .addObject()
                .put("id", 41)
                .put("src", "https://shop.example/mug.jpg")
                .put("alt", "");
        Exchange exchange = run("poll-images", null, null);
        assertThat(exchange.getException()).isNull();
        JsonNode product = product(exchange, "WOO-IMG");
        assertThat(product.path("images"))
                .isEqualTo(node("[{\"id\": \"41\", \"url\": \"https://shop.example/mug.jpg\"}]"));
    }

    private void article() {
        Exchange exchange = create("WOO-MADE");
        assertThat(exchange.getException()).isNull();
        JsonNode article = shop.articles.get("WOO-MADE");
        assertThat(exchange.getVariable("externalId", String.class))
                .isEqualTo(article.path("id").asText());
        assertThat(exchange.getVariable("externalUrl", String.class))
                .endsWith("post=" + article.path("id").asText() + "&action=edit");
        assertThat(article.path("status").asText()).isEqualTo("draft");
        assertThat(article.path("regular_price").asText()).isEqualTo("9.90");
        assertThat(article.path("images"))
                .isEqualTo(node("[{\"src\": \"https://example.com/a.png\", \"alt\": \"Side\"}]"));
    }

    private void takenSku() {
        shop.article("WOO-TAKEN");
        assertThat(fault(create("WOO-TAKEN"))).hasMessageContaining("Invalid or duplicated SKU.");
    }

    private Exchange create(String sku) {
        return run(
                "create-product",
                null,
                null,
                e -> e.setVariable(
                        "product",
                        node(
                                "{\"sku\": \"" + sku
                                        + "\", \"title\": \"Made\", \"price\": \"9.90\", \"currency\": \"USD\","
                                        + " \"images\": [{\"url\": \"https://example.com/a.png\", \"alt\": \"Side\"}, {\"id\": \"7\"}]}")));
    }

    private void variation() {
        shop.article("WOO-SIMPLE");
        shop.article("WOO-BLUE");
        ObjectNode blue = shop.articles.get("WOO-BLUE").put("type", "variation").put("parent_id", 93);

        ObjectNode there = made("[" + line("1", "WOO-BLUE", 1) + "]");
        assertThat(there.at("/line_items/0/product_id").asInt()).isEqualTo(93);
        assertThat(there.at("/line_items/0/variation_id").asLong())
                .isEqualTo(blue.path("id").asLong());

        Exchange written = run(
                "write-inventory",
                null,
                null,
                e -> e.setVariable(
                        "stock",
                        node("[{\"sku\": \"WOO-BLUE\", \"quantity\": 4}, {\"sku\": \"WOO-SIMPLE\", \"quantity\": 0},"
                                + " {\"sku\": \"WOO-NOWHERE\", \"quantity\": 1}]")));
        assertThat(written.getException()).isNull();
        assertThat(blue.path("stock_quantity").asInt()).isEqualTo(4);
        assertThat(shop.articles.get("WOO-SIMPLE").path("stock_quantity").asInt())
                .isZero();
        assertThat(written.getVariable("unknown", JsonNode.class)).isEqualTo(node("[\"WOO-NOWHERE\"]"));

        JsonNode told = product(run("poll-products", null, null), "WOO-BLUE");
        assertThat(told.path("id").asText()).isEqualTo("93");
        assertThat(told.path("variantId").asText()).isEqualTo(blue.path("id").asText());
        shop.articles.keySet().removeIf(sku -> sku.startsWith("WOO-"));
    }

    private static JsonNode product(Exchange exchange, String sku) {
        return StreamSupport.stream(
                        exchange.getMessage()
                                .getBody(JsonNode.class)
                                .path("products")
                                .spliterator(),
                        false)
                .filter(product -> product.path("sku").asText().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    /** An order that was made there by us, as the shop has it. */
    private ObjectNode made(String lines) {
        shop.article("WOO-A");
        shop.article("WOO-B");
        Exchange exchange = run("create-order", null, order(lines, "old"));
        assertThat(exchange.getException()).isNull();
        return shop.orders.get(Long.valueOf(exchange.getVariable("externalId", String.class)));
    }

    private String order(String lines, String note) {
        return """
                {"type": "order", "order": {"id": "w%d", "number": "#w", "status": "paid", "paymentStatus": "paid", "currency": "USD",
                 "shippingAddress": {"name": "Ada Example", "city": "Austin", "country": "US"}, "lines": %s, "note": "%s"}}"""
                .formatted(++made, lines, note);
    }

    private static String line(String id, String sku, int quantity) {
        return "{\"id\": \"" + id + "\", \"sku\": \"" + sku + "\", \"title\": \"Mug\", \"quantity\": " + quantity
                + ", \"price\": \"12.50\", \"discount\": \"0.00\"}";
    }

    private static List<JsonNode> lines(JsonNode order) {
        return StreamSupport.stream(order.path("line_items").spliterator(), false)
                .toList();
    }

    private static JsonNode node(String json) {
        return EventJson.tree(json.getBytes(UTF_8));
    }

    private static DeliveryFault fault(Exchange exchange) {
        for (Throwable cause = exchange.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof DeliveryFault fault) {
                return fault;
            }
        }
        throw new AssertionError("it was taken");
    }

    private void done(String operation, ObjectNode order, String event) {
        assertThat(run(operation, order, event).getException()).as(operation).isNull();
    }

    private Exchange run(String operation, ObjectNode order, String event) {
        return run(operation, order, event, e -> {});
    }

    private Exchange run(String operation, ObjectNode order, String event, Consumer<Exchange> more) {
        return routes.request("direct:woocommerce-dst-" + operation, e -> {
            e.setVariable("channel", "woocommerce-dst");
            e.setVariable("operation", operation);
            e.setVariable("idempotencyKey", "woo-" + made);
            if (order != null) {
                e.setVariable("externalId", order.path("id").asText());
            }
            if (event != null) {
                e.setVariable("event", node(event));
            }
            more.accept(e);
        });
    }
}

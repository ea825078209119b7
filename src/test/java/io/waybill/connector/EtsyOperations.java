package io.waybill.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connector.ConnectorCase.Own;
import io.waybill.connector.Simulator.Fault;
import io.waybill.flow.Routes;
import io.waybill.order.EventJson;
import io.waybill.server.TestServer;
import io.waybill.task.TaskRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.JdbcTemplate;

/** What only Etsy's operations do, on the contract's server. */
final class EtsyOperations {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long CANCELLED = 8_100_001;
    private static final long REFUNDED = 8_100_002;
    private static final long PARCELS = 8_100_003;

    private final EtsySimulator shop;
    private TestServer server;
    private String channel;

    EtsyOperations(EtsySimulator shop) {
        this.shop = shop;
    }

    Map<String, Own> tests() {
        Map<String, Own> tests = new LinkedHashMap<>();
        tests.put("a cancellation that leaves the time of change is found by a second look", on(this::cancelled));
        tests.put("a refund that leaves the time of change is found by import-updates", on(this::refunded));
        tests.put("a parcel whose answer was lost mails the buyer once", on(this::lostParcel));
        tests.put("a second parcel is told too, by its unknown carrier's name", on(this::secondParcel));
        tests.put("what Etsy refuses is said in its words", on(this::refusal));
        tests.put("articles with one quantity together get one for each SKU", on(this::sharedQuantity));
        tests.put("a listing with nothing left is made inactive", on(this::nothingLeft));
        tests.put("an article that no listing has is named", on(this::unknownArticle));
        return tests;
    }

    private Own on(Runnable test) {
        return (running, name) -> {
            server = running;
            channel = name.apply("src");
            test.run();
        };
    }

    private void cancelled() {
        sell(CANCELLED);
        shop.next(request -> request.path().endsWith("/receipts"), Fault.BUSY);
        run("import-orders");
        await().atMost(SOON).until(() -> status(CANCELLED).equals("paid"));

        change(CANCELLED, receipt -> receipt.put("status", "Canceled"));
        run("import-orders");

        await().atMost(SOON).until(() -> status(CANCELLED).equals("cancelled"));
    }

    private void refunded() {
        sell(REFUNDED);
        run("import-orders");
        await().atMost(SOON).until(() -> status(REFUNDED).equals("paid"));

        change(REFUNDED, receipt -> {
            receipt.put("status", "Partially Refunded");
            ObjectNode refund = receipt.withArray("refunds").addObject();
            refund.put("created_timestamp", Instant.now().getEpochSecond()).put("status", "SUCCESS");
            refund.set("amount", EtsySimulator.money(500));
        });
        run("import-updates");

        await().atMost(SOON).until(() -> status(REFUNDED).equals("partially_refunded"));
        await().atMost(SOON)
                .until(() -> new JdbcTemplate(server.bean(DataSource.class))
                                .queryForObject(
                                        "select count(*) from event e join orders o on o.id = e.order_id"
                                                + " where o.channel = ? and o.external_id = ? and e.type = 'return'",
                                        Long.class,
                                        channel,
                                        String.valueOf(REFUNDED))
                        == 1);
    }

    private void lostParcel() {
        sell(PARCELS);
        String shipment = shipment("USPS", "T 1");
        shop.next(request -> request.path().endsWith("/tracking"), Fault.CUT_AFTER);

        assertThat(ship(PARCELS, shipment).getException()).isNotNull();
        assertThat(ship(PARCELS, shipment).getException()).isNull();

        assertThat(shop.mails).filteredOn(id -> id == PARCELS).hasSize(1);
    }

    private void secondParcel() {
        assertThat(ship(PARCELS, shipment("Example Post", "T2")).getException()).isNull();

        ObjectNode receipt = shop.receipts.get(PARCELS);
        assertThat(receipt.path("shipments").findValuesAsText("tracking_code")).containsExactly("T 1", "T2");
        assertThat(receipt.path("shipments").findValuesAsText("carrier_name")).containsExactly("usps", "other");
        assertThat(shop.requests())
                .filteredOn(request -> request.path().endsWith("/tracking"))
                .last()
                .satisfies(
                        request -> assertThat(request.form()).containsEntry("note_to_buyer", "Sent with Example Post"));
    }

    private void refusal() {
        sell(8_100_004);
        Exchange refused =
                ship(8_100_004, "{\"type\": \"shipment\", \"orderId\": \"8100004\", \"id\": \"s\", \"lines\": []}");
        assertThat(refused.getException()).hasMessageContaining("A tracking number is required");
    }

    private void sharedQuantity() {
        ObjectNode listing = shop.addListing("SHARED-1", "SHARED-2");
        write("[{\"sku\": \"SHARED-1\", \"quantity\": 3}]");
        assertThat(quantities(listing)).containsExactly("3", "5");
        assertThat(listing.at("/inventory/quantity_on_property/0").asInt()).isEqualTo(200);
    }

    private void nothingLeft() {
        ObjectNode listing = shop.addListing("GONE-1", "GONE-2");
        write("[{\"sku\": \"GONE-1\", \"quantity\": 0}, {\"sku\": \"GONE-2\", \"quantity\": 0}]");
        assertThat(listing.path("state").asText()).isEqualTo("inactive");
        write("[{\"sku\": \"GONE-2\", \"quantity\": 4}]");
        assertThat(quantities(listing)).containsExactly("5", "4");
        assertThat(listing.path("state").asText()).isEqualTo("inactive");
    }

    private void unknownArticle() {
        Exchange exchange = write("[{\"sku\": \"NOWHERE\", \"quantity\": 3}]");
        assertThat(exchange.getVariable("unknown", ArrayNode.class)).hasToString("[\"NOWHERE\"]");
    }

    private static java.util.List<String> quantities(ObjectNode listing) {
        return listing.at("/inventory/products").findValuesAsText("quantity");
    }

    private void sell(long id) {
        synchronized (shop) {
            shop.receipts.put(id, shop.plain(id, "MUG-BLUE", Instant.now()));
        }
    }

    private void change(long id, Consumer<ObjectNode> change) {
        synchronized (shop) {
            change.accept(shop.receipts.get(id));
        }
    }

    private void run(String task) {
        var run = server.bean(TaskRunner.class).run(channel, task, "test");
        assertThat(run.state()).as(String.valueOf(run)).isEqualTo("done");
    }

    private String status(long id) {
        return new JdbcTemplate(server.bean(DataSource.class))
                        .queryForList(
                                "select status from orders where channel = ? and external_id = ?",
                                String.class,
                                channel,
                                String.valueOf(id))
                        .stream()
                        .findFirst()
                        .orElse("");
    }

    private static String shipment(String carrier, String tracking) {
        return """
                {"type": "shipment", "orderId": "%d", "id": "p-%s", "carrier": "%s", "trackingNumber": "%s", "lines": []}"""
                .formatted(PARCELS, tracking, carrier, tracking);
    }

    private Exchange ship(long id, String event) {
        return operate("ship-order", exchange -> {
            exchange.setVariable("externalId", String.valueOf(id));
            exchange.setVariable("event", EventJson.tree(event.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        });
    }

    private Exchange write(String stock) {
        Exchange exchange = operate(
                "write-inventory",
                e -> e.setVariable("stock", EventJson.tree(stock.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private Exchange operate(String operation, Consumer<Exchange> prepare) {
        return server.bean(Routes.class).request("direct:" + channel + "-" + operation, exchange -> {
            exchange.setVariable("channel", channel);
            exchange.setVariable("operation", operation);
            prepare.accept(exchange);
        });
    }
}

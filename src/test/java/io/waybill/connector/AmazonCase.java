package io.waybill.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Runs;
import io.waybill.order.EventJson;
import io.waybill.server.TestServer;
import io.waybill.task.TaskRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is sold at Amazon is the source, what its warehouses ship for others is the destination. */
class AmazonCase extends ConnectorCase {
    static final Duration SOON = Duration.ofSeconds(Long.getLong("connector.patience", 60));

    /** ZPL as merchant fulfilment gives it: packed by gzip, then Base64. */
    private static final String LABEL = "H4sIAAAAAAACA4uLcIxz8zc10DE1iHN08dMxNtMxMohzcwl3jHTy9PGJcwuOi4gCAM7FCDYlAAAA";

    private static final String ORDER =
            """
            {"type": "order", "order": {"id": "660001", "number": "#660001", "placedAt": "2026-11-20T10:11:12Z",
             "updatedAt": "2026-11-20T10:11:12Z", "status": "paid", "currency": "USD", "customer": {"name": "Ada"},
             "shippingAddress": {"name": "Ada", "line1": "1 Main St", "city": "Austin", "region": "TX", "postcode": "78701",
               "country": "US"},
             "lines": [{"id": "1", "sku": "BACK-1", "title": "Mug", "quantity": 2, "price": "10.00"}]}}""";

    final AmazonSimulator source = new AmazonSimulator();
    private final AmazonSimulator destination = new AmazonSimulator();

    @Override
    String connector() {
        return "amazon";
    }

    /** Notifications carry a token, no signature of their bytes; money is given back in Seller Central only. */
    @Override
    Set<Part> parts() {
        return EnumSet.complementOf(EnumSet.of(Part.WEBHOOK, Part.REFUNDS, Part.REGISTERS));
    }

    @Override
    Map<String, Own> own() {
        Map<String, Own> own = new LinkedHashMap<>();
        own.put("what Amazon ships itself is tagged so", this::shippedByAmazon);
        own.put("a poll that is told to wait for long goes on from its page", this::goesOnFromItsPage);
        own.put("a page that is none any more begins the poll anew", this::beginsAnew);
        own.put("a notification brings its order, a label its bytes", this::notified);
        own.put("what the warehouses did with an order comes back", this::updates);
        own.put("an order in the warehouses follows its changes", this::changes);
        own.put("what is in the warehouses is known, and never written", this::warehouse);
        return own;
    }

    private void shippedByAmazon(TestServer server, UnaryOperator<String> channel) {
        sell("880001", "FBA-1", Instant.now());
        sell("880002", "FBA-1", Instant.now());
        synchronized (source) {
            for (String id : List.of("880001", "880002")) {
                ((ObjectNode) source.orders.get(id).path("fulfillment"))
                        .put("fulfilledBy", "AMAZON")
                        .put("fulfillmentStatus", "SHIPPED");
            }
            ((ObjectNode) source.orders.get("880002").path("salesChannel")).put("channelName", "NON_AMAZON");
        }
        run(server, channel.apply("src"), "import-fba-orders", "done");
        await().atMost(SOON)
                .until(
                        () -> tags(server, channel.apply("src"), "880001"),
                        tags -> tags.contains("FBA") && tags.contains("shipped"));
        assertThat(tags(server, channel.apply("src"), "880002")).isEmpty();
    }

    private static String tags(TestServer server, String channel, String id) {
        JsonNode found =
                server.get("/api/orders?channel=" + channel + "&number=" + id).path("items");
        return found.isEmpty() ? "" : found.get(0).path("tags").toString();
    }

    /** A page comes every three minutes: what was turned is not turned again. */
    private void goesOnFromItsPage(TestServer server, UnaryOperator<String> channel) {
        sellTwoPages();
        source.waitsLong = true;
        source.next(request -> request.query().containsKey("paginationToken"), Simulator.Fault.BUSY);
        run(server, channel.apply("bulk"), "import-orders", "failed");
        source.waitsLong = false;
        int before = source.requests().size();
        run(server, channel.apply("bulk"), "import-orders", "done");
        List<Simulator.Request> after =
                source.requests().subList(before, source.requests().size());
        assertThat(after).hasSize(1);
        assertThat(after.get(0).query()).containsKey("paginationToken");
    }

    private void sellTwoPages() {
        Instant now = Instant.now();
        for (int i = 0; i < 150; i++) {
            sell(String.valueOf(770_000 + i), "MANY-amazon", now);
        }
    }

    private void beginsAnew(TestServer server, UnaryOperator<String> channel) {
        sellTwoPages();
        source.tokenIsGone = true;
        int before = source.requests().size();
        run(server, channel.apply("bulk"), "import-orders", "done");
        List<Simulator.Request> asked =
                source.requests().subList(before, source.requests().size());
        assertThat(asked.stream().map(one -> one.query().containsKey("paginationToken")))
                .containsExactly(false, true, false, true);
    }

    private void notified(TestServer server, UnaryOperator<String> channel) {
        sell("990001", "HOOK-1", Instant.now());
        String order =
                """
                {"detail-type": "ORDER_CHANGE", "detail": {"NotificationType": "ORDER_CHANGE", "Payload":
                 {"OrderChangeNotification": {"AmazonOrderId": "990001", "OrderChangeType": "OrderStatusChange"}}}}""";
        assertThat(server.webhook(channel.apply("src"), order, "x-api-key", "wrong")
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.webhook(channel.apply("src"), order, "x-api-key", "forwarded-7")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(SOON).until(() -> known(server, channel.apply("src"), "990001"));
        synchronized (source) {
            source.shipments.put("be7a", label("990001"));
        }
        server.webhook(channel.apply("src"), "{\"shipmentId\": \"be7a\"}", "x-api-key", "forwarded-7");
        await().atMost(SOON)
                .until(
                        () -> server.get("/api/orders/" + ours(server, channel.apply("src"), "990001") + "/documents")
                                .toString(),
                        documents -> documents.contains("label"));
    }

    private static ObjectNode label(String order) {
        ObjectNode shipment = EventJson.MAPPER
                .createObjectNode()
                .put("ShipmentId", "be7a")
                .put("AmazonOrderId", order)
                .put("Status", "Purchased")
                .put("CreatedDate", AmazonSimulator.stamp(Instant.now()));
        ObjectNode label = shipment.putObject("Label").put("LabelFormat", "ZPL203");
        label.putObject("Dimensions").put("Length", 6).put("Width", 4).put("Unit", "inches");
        label.putObject("FileContents").put("FileType", "application/zpl").put("Contents", LABEL);
        return shipment;
    }

    private void updates(TestServer server, UnaryOperator<String> channel) {
        article("BACK-1");
        assertThat(server.webhook(channel.apply("feed"), ORDER).statusCode()).isEqualTo(202);
        String there = await().atMost(SOON)
                .until(() -> created("#660001"), ids -> !ids.isEmpty())
                .get(0);
        await().atMost(SOON).until(() -> linked(server, channel.apply("dst"), there));
        synchronized (destination) {
            ObjectNode made = destination.fulfilments.get(there);
            ObjectNode shipment = made.withArray("fulfillmentShipments")
                    .addObject()
                    .put("amazonShipmentId", "D7")
                    .put("fulfillmentShipmentStatus", "SHIPPED")
                    .put("shippingDate", AmazonSimulator.stamp(Instant.now()));
            shipment.putArray("fulfillmentShipmentItem")
                    .addObject()
                    .put("sellerSku", "BACK-1")
                    .put("sellerFulfillmentOrderItemId", "1")
                    .put("quantity", 2)
                    .put("packageNumber", 7);
            shipment.putArray("fulfillmentShipmentPackage")
                    .addObject()
                    .put("packageNumber", 7)
                    .put("carrierCode", "UPS")
                    .put("trackingNumber", "TBA7");
            destination.stand(there, "Complete");
        }
        run(server, channel.apply("dst"), "import-updates", "done");
        await().atMost(SOON)
                .until(() -> server.get("/api/orders/" + ours(server, channel.apply("feed"), "660001"))
                                .at("/lines/0/shipped")
                                .asInt()
                        == 2);
    }

    private void changes(TestServer server, UnaryOperator<String> channel) {
        article("BACK-1");
        String order = ORDER.replace("660001", "660003");
        assertThat(server.webhook(channel.apply("feed"), order).statusCode()).isEqualTo(202);
        String there = await().atMost(SOON)
                .until(() -> created("#660003"), ids -> !ids.isEmpty())
                .get(0);
        await().atMost(SOON).until(() -> linked(server, channel.apply("dst"), there));
        String changed = order.replace("\"quantity\": 2", "\"quantity\": 3")
                .replace("1 Main St", "2 Main St")
                .replace("\"updatedAt\": \"2026-11-20", "\"updatedAt\": \"2026-11-21");
        assertThat(server.webhook(channel.apply("feed"), changed).statusCode()).isEqualTo(202);
        await().atMost(SOON).untilAsserted(() -> {
            synchronized (destination) {
                JsonNode made = destination.fulfilments.get(there);
                assertThat(made.at("/fulfillmentOrderItems/0/quantity").asInt()).isEqualTo(3);
                assertThat(made.at("/fulfillmentOrder/destinationAddress/addressLine1")
                                .asText())
                        .isEqualTo("2 Main St");
            }
        });
        assertThat(created("#660003")).hasSize(1);
    }

    private void warehouse(TestServer server, UnaryOperator<String> channel) {
        synchronized (source) {
            source.warehouse.put("FBA-9", 41);
        }
        synchronized (destination) {
            destination.listings.put("FBA-9", AmazonSimulator.listing("FBA-9", "AMAZON_NA"));
        }
        synchronized (source) {
            source.listings.put("FBA-9", AmazonSimulator.listing("FBA-9", "DEFAULT"));
        }
        run(server, channel.apply("src"), "import-fba-inventory", "done");
        assertThat(server.get("/api/stock?channel=" + channel.apply("src") + "&sku=FBA-9")
                        .toString())
                .contains("FBA", "41");
        run(server, channel.apply("dst"), "write-inventory", "done");
        assertThat(stocked("FBA-9")).isEqualTo(5);
    }

    static void run(TestServer server, String channel, String task, String state) {
        Runs.Run run = server.bean(TaskRunner.class).run(channel, task, "test");
        assertThat(run.state()).as(String.valueOf(run)).isEqualTo(state);
    }

    static boolean known(TestServer server, String channel, String id) {
        return !new JdbcTemplate(server.bean(DataSource.class))
                .queryForList("select id from orders where channel = ? and external_id = ?", channel, id)
                .isEmpty();
    }

    static String ours(TestServer server, String channel, String id) {
        return new JdbcTemplate(server.bean(DataSource.class))
                .queryForObject(
                        "select id::text from orders where channel = ? and external_id = ?", String.class, channel, id);
    }

    private static boolean linked(TestServer server, String channel, String there) {
        return !new JdbcTemplate(server.bean(DataSource.class))
                .queryForList("select 1 from lane where channel = ? and external_id = ?", channel, there)
                .isEmpty();
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
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("url", system.url());
        settings.put("tokenUrl", system.url() + "/auth/o2/token");
        settings.put("clientId", AmazonSimulator.CLIENT);
        settings.put("clientSecret", AmazonSimulator.SECRET);
        settings.put("refreshToken", AmazonSimulator.REFRESH);
        settings.put("marketplaces", AmazonSimulator.MARKETPLACE + ",A1PA6795UKMFR9");
        settings.put("sellerId", AmazonSimulator.SELLER);
        settings.put("webhookSecret", "forwarded-7");
        if (system == destination) {
            settings.put("shippingSpeed", "Standard");
        }
        return settings;
    }

    @Override
    void sellSample(JsonNode order) {
        synchronized (source) {
            ObjectNode there = order.deepCopy();
            there.put("lastUpdatedTime", AmazonSimulator.stamp(Instant.now()));
            source.orders.put(order.path("orderId").asText(), there);
        }
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        ObjectNode order = EventJson.MAPPER
                .createObjectNode()
                .put("orderId", id)
                .put("createdTime", AmazonSimulator.stamp(changed))
                .put("lastUpdatedTime", AmazonSimulator.stamp(changed));
        order.putObject("salesChannel")
                .put("channelName", "AMAZON")
                .put("marketplaceId", AmazonSimulator.MARKETPLACE)
                .put("marketplaceName", "Amazon.com");
        order.putObject("proceeds")
                .putObject("grandTotal")
                .put("amount", "25.00")
                .put("currencyCode", "USD");
        order.putObject("fulfillment").put("fulfillmentStatus", "UNSHIPPED").put("fulfilledBy", "MERCHANT");
        ObjectNode item = order.putArray("orderItems")
                .addObject()
                .put("orderItemId", id + "01")
                .put("quantityOrdered", 2);
        ObjectNode product = item.putObject("product")
                .put("asin", "B0TEST0001")
                .put("title", "Mug")
                .put("sellerSku", sku);
        product.putObject("price").putObject("unitPrice").put("amount", "12.50").put("currencyCode", "USD");
        item.putObject("fulfillment").put("quantityFulfilled", 0).put("quantityUnfulfilled", 2);
        synchronized (source) {
            source.orders.put(id, order);
        }
    }

    @Override
    void afterPage(Runnable event) {
        source.afterPage = event;
    }

    @Override
    void touch(String id, Instant changed) {
        synchronized (source) {
            Optional.ofNullable(source.orders.get(id))
                    .ifPresent(order -> order.put("lastUpdatedTime", AmazonSimulator.stamp(changed)));
        }
    }

    @Override
    void article(String sku) {
        source.article(sku);
        destination.article(sku);
    }

    @Override
    List<String> created(String number) {
        synchronized (destination) {
            return destination.fulfilments.entrySet().stream()
                    .filter(made -> made.getValue()
                            .at("/fulfillmentOrder/displayableOrderId")
                            .asText()
                            .equals(number))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    @Override
    Map<String, String> kept(String id) {
        synchronized (destination) {
            JsonNode made = destination.fulfilments.get(id);
            JsonNode order = made.path("fulfillmentOrder");
            JsonNode to = order.path("destinationAddress");
            Map<String, String> kept = new LinkedHashMap<>();
            kept.put("/number", order.path("displayableOrderId").asText());
            kept.put("/placedAt", order.path("displayableOrderDate").asText());
            kept.put("/note", order.path("displayableOrderComment").asText());
            kept.put("/shippingAddress/name", to.path("name").asText());
            kept.put("/shippingAddress/line1", to.path("addressLine1").asText());
            kept.put("/shippingAddress/line2", to.path("addressLine2").asText());
            kept.put("/shippingAddress/company", to.path("addressLine3").asText());
            kept.put("/shippingAddress/city", to.path("city").asText());
            kept.put("/shippingAddress/region", to.path("stateOrRegion").asText());
            kept.put("/shippingAddress/postcode", to.path("postalCode").asText());
            kept.put("/shippingAddress/country", to.path("countryCode").asText());
            kept.put("/shippingAddress/phone", to.path("phone").asText());
            JsonNode item = made.at("/fulfillmentOrderItems/0");
            kept.put("/lines/0/id", item.path("sellerFulfillmentOrderItemId").asText());
            kept.put("/lines/0/sku", item.path("sellerSku").asText());
            kept.put("/lines/0/quantity", item.path("quantity").asText());
            kept.put("/lines/0/price", item.at("/perUnitDeclaredValue/value").asText());
            kept.put("/currency", item.at("/perUnitDeclaredValue/currencyCode").asText());
            return kept;
        }
    }

    @Override
    boolean isCancelled(String id) {
        synchronized (destination) {
            return destination
                    .fulfilments
                    .get(id)
                    .at("/fulfillmentOrder/fulfillmentOrderStatus")
                    .asText()
                    .equals("Cancelled");
        }
    }

    @Override
    boolean isCreate(Simulator.Request request) {
        return request.method().equals("POST") && request.path().endsWith("/fulfillmentOrders");
    }

    @Override
    void stock(String sku, long quantity) {
        synchronized (source) {
            ((ObjectNode) source.listings.get(sku).at("/fulfillmentAvailability/0")).put("quantity", quantity);
        }
    }

    @Override
    long stocked(String sku) {
        synchronized (destination) {
            return destination
                    .listings
                    .get(sku)
                    .at("/fulfillmentAvailability/0/quantity")
                    .asLong();
        }
    }

    @Override
    List<String> tracking(String id) {
        synchronized (source) {
            return StreamSupport.stream(source.orders.get(id).path("packages").spliterator(), false)
                    .map(one -> one.path("trackingNumber").asText())
                    .toList();
        }
    }

    @Override
    boolean isShippedWhole(String id) {
        synchronized (source) {
            return source.orders
                    .get(id)
                    .at("/fulfillment/fulfillmentStatus")
                    .asText()
                    .equals("SHIPPED");
        }
    }
}

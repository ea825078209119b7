package io.waybill.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Runs;
import io.waybill.server.TestServer;
import io.waybill.task.TaskRunner;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Odoo 19; {@link OdooOldCase} is Odoo 16. A destination: orders are not taken from there. */
class OdooCase extends ConnectorCase {
    private static final Duration SOON = Duration.ofSeconds(Long.getLong("connector.patience", 60));
    private static final AtomicInteger NUMBER = new AtomicInteger(990_000);

    private final OdooSimulator source;
    private final OdooSimulator destination;

    OdooCase() {
        this(19);
    }

    OdooCase(int version) {
        this.source = new OdooSimulator(version);
        this.destination = new OdooSimulator(version);
    }

    @Override
    String connector() {
        return "odoo";
    }

    @Override
    Set<Part> parts() {
        return EnumSet.of(
                Part.CREATES,
                Part.CANCELS,
                Part.KNOWS_ARTICLES,
                Part.LOCKS,
                Part.LIMITS,
                Part.PRODUCTS,
                Part.STOCK,
                Part.CHECKS);
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
                "database",
                OdooSimulator.DATABASE,
                "login",
                OdooSimulator.LOGIN,
                "key",
                OdooSimulator.KEY,
                "location",
                location(((OdooSimulator) system).records).asText());
    }

    @Override
    void sellSample(JsonNode order) {
        throw new UnsupportedOperationException("Odoo sells nothing to us");
    }

    @Override
    void sell(String id, String sku, Instant changed) {
        throw new UnsupportedOperationException("Odoo sells nothing to us");
    }

    @Override
    void article(String sku) {
        for (OdooSimulator system : List.of(source, destination)) {
            synchronized (system) {
                system.records.article(sku);
            }
        }
    }

    private static JsonNode location(OdooRecords records) {
        return records.one("stock.location", "name", "Stock").get("id");
    }

    @Override
    void stock(String sku, long quantity) {
        synchronized (source) {
            source.records.article(sku).put("free_qty", quantity);
        }
    }

    @Override
    long stocked(String sku) {
        synchronized (destination) {
            OdooRecords records = destination.records;
            return records.quant(records.article(sku).get("id"), location(records))
                    .path("quantity")
                    .asLong();
        }
    }

    @Override
    List<String> created(String number) {
        synchronized (destination) {
            return destination.records.all("sale.order").values().stream()
                    .filter(order -> order.path("client_order_ref").asText().equals(number))
                    .map(order -> order.path("id").asText())
                    .toList();
        }
    }

    @Override
    Map<String, String> kept(String id) {
        synchronized (destination) {
            OdooRecords records = destination.records;
            ObjectNode order = records.all("sale.order").get(Long.valueOf(id));
            ObjectNode customer = partner(order, "partner_id");
            ObjectNode shipping = partner(order, "partner_shipping_id");
            List<ObjectNode> lines =
                    records.lines("order_line", Long.parseLong(id)).toList();
            Map<String, String> kept = new LinkedHashMap<>();
            kept.put("/number", order.path("name").asText());
            kept.put("/customer/name", customer.path("name").asText());
            kept.put("/customer/email", customer.path("email").asText());
            kept.put("/shippingAddress/line1", shipping.path("street").asText());
            kept.put("/shippingAddress/line2", shipping.path("street2").asText());
            kept.put("/shippingAddress/city", shipping.path("city").asText());
            kept.put("/shippingAddress/postcode", shipping.path("zip").asText());
            kept.put("/shippingAddress/region", named("res.country.state", shipping.path("state_id"), "code"));
            kept.put("/shippingAddress/country", named("res.country", shipping.path("country_id"), "code"));
            kept.put(
                    "/billingAddress/line1",
                    partner(order, "partner_invoice_id").path("street").asText());
            kept.put("/currency", named("res.currency", order.path("currency_id"), "name"));
            kept.put("/lines/0/sku", named("product.product", lines.get(0).path("product_id"), "default_code"));
            kept.put("/lines/0/quantity", lines.get(0).path("product_uom_qty").asText());
            kept.put("/lines/0/price", lines.get(0).path("price_unit").asText());
            kept.put("/shipping/method", lines.get(1).path("name").asText());
            kept.put("/shipping/price", lines.get(1).path("price_unit").asText());
            kept.put("/totals/total", total(lines).toPlainString());
            kept.put("/note", order.path("note").asText());
            return kept;
        }
    }

    private ObjectNode partner(ObjectNode order, String field) {
        return destination.records.all("res.partner").get(order.path(field).asLong());
    }

    private String named(String model, JsonNode id, String field) {
        return destination.records.all(model).get(id.asLong()).path(field).asText();
    }

    private static BigDecimal total(List<ObjectNode> lines) {
        return lines.stream()
                .map(line -> line.path("product_uom_qty")
                        .decimalValue()
                        .multiply(line.path("price_unit").decimalValue())
                        .multiply(BigDecimal.valueOf(100)
                                .subtract(line.path("discount").decimalValue()))
                        .movePointLeft(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    boolean isCancelled(String id) {
        synchronized (destination) {
            return destination
                    .records
                    .all("sale.order")
                    .get(Long.valueOf(id))
                    .path("state")
                    .asText()
                    .equals("cancel");
        }
    }

    @Override
    boolean isCreate(Simulator.Request request) {
        return request.path().equals("/json/2/sale.order/load")
                || request.path().equals("/jsonrpc") && request.text().contains("\"sale.order\",\"load\"");
    }

    @Override
    Map<String, Own> own() {
        Map<String, Own> own = new LinkedHashMap<>();
        own.put("orders of one customer at a time make one customer, one address each", this::oneCustomer);
        own.put("shipments and labels go there once, in part and whole", this::shipments);
        own.put("what is delivered and cancelled there comes back", this::updates);
        own.put("nothing of the key is in the sync log", this::noKey);
        return own;
    }

    private void oneCustomer(TestServer server, UnaryOperator<String> channel) {
        article("SAME-1");
        synchronized (destination) {
            destination.records.lostRaces = 2;
        }
        List<String> orders =
                List.of(order(server, channel, 1, "twin@example.com"), order(server, channel, 1, "twin@example.com"));
        orders.forEach(id -> linked(server, channel, id));
        synchronized (destination) {
            assertThat(destination.records.all("res.partner").values().stream()
                            .filter(partner -> partner.path("email").asText().equals("twin@example.com")))
                    .hasSize(1);
        }
    }

    private void shipments(TestServer server, UnaryOperator<String> channel) {
        article("SAME-1");
        String id = order(server, channel, 3, "ship@example.com");
        long there = linked(server, channel, id);
        tell(
                server,
                channel,
                """
                {"type": "shipment", "orderId": "%s", "id": "s1", "carrier": "UPS", "trackingNumber": "1Z1",
                 "lines": [{"id": "1", "quantity": 1}],
                 "labels": [{"id": "l1", "format": "zpl", "data": "%s"}]}"""
                        .formatted(id, LABEL));
        await().atMost(SOON).until(() -> delivered(there), done -> done.equals(List.of("1Z1 1")));
        destination.next(this::validates, Simulator.Fault.CUT_AFTER);
        tell(
                server,
                channel,
                """
                {"type": "shipment", "orderId": "%s", "id": "s2", "carrier": "UPS", "trackingNumber": "1Z2",
                 "lines": [{"id": "1", "quantity": 2}]}"""
                        .formatted(id));
        await().atMost(SOON).until(() -> delivered(there), done -> done.equals(List.of("1Z1 1", "1Z2 2")));
        await().atMost(SOON).until(() -> settled(server, channel));
        assertThat(delivered(there)).containsExactly("1Z1 1", "1Z2 2");
        assertThat(new JdbcTemplate(server.bean(DataSource.class))
                        .queryForList(
                                "select operation || ': ' || error from delivery where channel = ? and state = 'failed'",
                                String.class,
                                channel.apply("dst")))
                .isEmpty();
        assertThat(attached("ir.attachment", there)).isEqualTo(1);
        assertThat(attached("mail.message", there)).isEqualTo(1);
    }

    private boolean validates(Simulator.Request request) {
        return request.path().endsWith("/button_validate") || request.text().contains("\"button_validate\"");
    }

    private long attached(String model, long order) {
        synchronized (destination) {
            return destination.records.all(model).values().stream()
                    .filter(one -> one.path("res_id").asLong() == order)
                    .count();
        }
    }

    private List<String> delivered(long order) {
        synchronized (destination) {
            OdooRecords records = destination.records;
            return records.lines("picking_ids", order)
                    .filter(picking -> picking.path("state").asText().equals("done"))
                    .map(picking -> picking.path("carrier_tracking_ref").asText() + " "
                            + records.lines("move_ids", picking.path("id").asLong())
                                    .map(move -> move.path("product_uom_qty").asText())
                                    .reduce("", String::concat))
                    .toList();
        }
    }

    private void updates(TestServer server, UnaryOperator<String> channel) {
        article("SAME-1");
        String shipped = order(server, channel, 2, "back@example.com");
        String cancelled = order(server, channel, 1, "back@example.com");
        long there = linked(server, channel, shipped);
        long gone = linked(server, channel, cancelled);
        await().atMost(SOON).until(() -> settled(server, channel));
        synchronized (destination) {
            OdooRecords records = destination.records;
            ObjectNode picking = records.lines("picking_ids", there).findFirst().orElseThrow();
            records.lines("move_ids", picking.path("id").asLong()).forEach(move -> {
                move.put("state", "done").put(done(), 2);
            });
            picking.put("state", "done")
                    .put("date_done", OdooRecords.now())
                    .put("write_date", OdooRecords.now())
                    .put("carrier_tracking_ref", "BACK-1");
            records.all("sale.order").get(gone).put("state", "cancel").put("write_date", OdooRecords.now());
        }
        Runs.Run run = server.bean(TaskRunner.class).run(channel.apply("dst"), "import-updates", "test");
        assertThat(run.state()).as(String.valueOf(run)).isEqualTo("done");
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(quantity(server, channel, shipped, "shipped")).isEqualTo(2);
            assertThat(quantity(server, channel, cancelled, "cancelled")).isEqualTo(1);
        });
    }

    private String done() {
        return destination.records.done();
    }

    private void noKey(TestServer server, UnaryOperator<String> channel) {
        String key = OdooSimulator.KEY.replace("\"quoted", "");
        assertThat(count(
                        server,
                        "select count(*) from attempt where request like ? or response like ?",
                        "%" + key + "%",
                        "%" + key + "%"))
                .isZero();
    }

    private static String order(TestServer server, UnaryOperator<String> channel, int quantity, String email) {
        String id = String.valueOf(NUMBER.incrementAndGet());
        tell(
                server,
                channel,
                """
                {"type": "order", "order": {"id": "%1$s", "number": "#%1$s", "placedAt": "2026-11-20T10:11:12Z",
                 "updatedAt": "2026-11-20T10:11:12Z", "status": "paid", "currency": "USD",
                 "customer": {"name": "Twin %1$s", "email": "%2$s"},
                 "shippingAddress": {"name": "Ada", "line1": "1 Main St", "city": "Austin", "region": "TX", "country": "US"},
                 "lines": [{"id": "1", "sku": "SAME-1", "title": "Mug", "quantity": %3$d, "price": "10.00"}]}}"""
                        .formatted(id, email, quantity));
        return id;
    }

    private static void tell(TestServer server, UnaryOperator<String> channel, String event) {
        assertThat(server.webhook(channel.apply("feed"), event).statusCode()).isEqualTo(202);
    }

    private static long linked(TestServer server, UnaryOperator<String> channel, String id) {
        return Long.parseLong(await().atMost(SOON)
                .until(
                        () -> new JdbcTemplate(server.bean(DataSource.class))
                                .queryForList(
                                        "select l.external_id from lane l join orders o on o.id = l.order_id"
                                                + " where l.channel = ? and o.external_id = ? and l.external_id is not null",
                                        String.class,
                                        channel.apply("dst"),
                                        id),
                        ids -> !ids.isEmpty())
                .get(0));
    }

    private static String ours(TestServer server, UnaryOperator<String> channel, String id) {
        return new JdbcTemplate(server.bean(DataSource.class))
                .queryForObject(
                        "select id::text from orders where channel = ? and external_id = ?",
                        String.class,
                        channel.apply("feed"),
                        id);
    }

    private static int quantity(TestServer server, UnaryOperator<String> channel, String id, String what) {
        return server.get("/api/orders/" + ours(server, channel, id))
                .at("/lines/0/" + what)
                .asInt();
    }

    private static boolean settled(TestServer server, UnaryOperator<String> channel) {
        return count(
                        server,
                        "select count(*) from delivery where channel = ? and state = 'waiting'",
                        channel.apply("dst"))
                == 0;
    }

    private static long count(TestServer server, String sql, Object... parameters) {
        return new JdbcTemplate(server.bean(DataSource.class)).queryForObject(sql, Long.class, parameters);
    }

    /** A black square. */
    private static final String LABEL =
            Base64.getEncoder().encodeToString("^XA^FO50,50^GB100,100,100^FS^XZ".getBytes(StandardCharsets.US_ASCII));
}

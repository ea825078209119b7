package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.connector.ConnectorCase.Own;
import io.waybill.flow.Routes;
import io.waybill.order.EventJson;
import io.waybill.server.TestServer;
import io.waybill.task.TaskRunner;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.springframework.jdbc.core.JdbcTemplate;

/** What only Doba's operations do, on the contract's server. */
final class DobaOperations {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ORDER =
            """
            {"type": "order", "order": {"id": "%1$s", "number": "#%1$s", "placedAt": "2026-11-20T10:11:12Z", "status": "paid", "currency": "USD",
             "shippingAddress": {"name": "Ada Example", "line1": "1 Main St", "city": "Austin", "region": "TX", "postcode": "78701",
               "country": "US", "phone": "+15550100"},
             "lines": [{"id": "1", "sku": "DOBA-1", "quantity": 2, "price": "12.50"}], "totals": {"total": "25.00"}}}""";

    private final DobaSimulator doba;
    private TestServer server;
    private UnaryOperator<String> channels;

    DobaOperations(DobaSimulator doba) {
        this.doba = doba;
    }

    Map<String, Own> tests() {
        Map<String, Own> tests = new LinkedHashMap<>();
        tests.put("every order is paid once", on(this::everyOrderIsPaidOnce));
        tests.put("a refused payment makes no second order, and is paid later", on(this::refusedPayment));
        tests.put("an order that the list cannot tell is left to a person", on(this::namelessList));
        tests.put("status and parcels come back", on(this::statusAndParcels));
        tests.put("what is sent is not cancelled", on(this::sentOrder));
        tests.put("an order that is asked for has the shop's number and Doba's items", on(this::askedOrder));
        tests.put("stock is told by item numbers", on(this::stock));
        return tests;
    }

    private Own on(Runnable test) {
        return (running, names) -> {
            server = running;
            channels = names;
            test.run();
        };
    }

    private void everyOrderIsPaidOnce() {
        assertThat(doba.batches.values()).isNotEmpty();
        assertThat(doba.payments).doesNotHaveDuplicates().hasSameSizeAs(doba.batches.values());
    }

    private void refusedPayment() {
        doba.hasBalance = false;
        sell("880001");
        await().atMost(SOON).until(() -> delivery("880001").getOrDefault("error", ""), error -> String.valueOf(error)
                .contains("Insufficient balance"));
        doba.hasBalance = true;
        await().atMost(SOON)
                .until(() -> "unknown".equals(delivery("880001").get("state"))
                        || "delivered".equals(delivery("880001").get("state")));
        if ("unknown".equals(delivery("880001").get("state"))) {
            server.call("POST", "/api/deliveries/" + delivery("880001").get("id") + "/retry", null);
        }
        String number = linked("880001");

        assertThat(doba.numbers("880001")).containsExactly(number);
        assertThat(doba.payments).filteredOn(("enc-" + number)::equals).hasSize(1);
    }

    private void namelessList() {
        doba.tellsShopNumbers = false;
        doba.next(request -> request.path().endsWith("/importOrder"), Simulator.Fault.CUT_AFTER);
        sell("880002");
        await().atMost(SOON).until(() -> "unknown".equals(delivery("880002").get("state")));
        doba.tellsShopNumbers = true;
        server.call("POST", "/api/deliveries/" + delivery("880002").get("id") + "/retry", null);
        linked("880002");
        assertThat(doba.numbers("880002")).hasSize(1);
    }

    private void statusAndParcels() {
        sell("880003");
        String number = linked("880003");
        doba.stands(number, "In Transit", "1Z0001");
        var run = server.bean(TaskRunner.class).run(channels.apply("dst"), "import-updates", "test");
        assertThat(run.state()).as(String.valueOf(run)).isEqualTo("done");

        await().atMost(SOON).until(() -> payloads("880003", "shipment"), list -> !list.isEmpty());
        assertThat(payloads("880003", "shipment")).singleElement().asString().contains("1Z0001", "UPS");
        await().atMost(SOON).until(() -> payloads("880003", "status"), list -> list.size() == 1);
        assertThat(payloads("880003", "status").get(0)).contains("In Transit");
    }

    private void sentOrder() {
        String number = linked("880003");
        Exchange refused = operate("dst", "cancel-order", e -> {
            e.setVariable("externalId", number);
            e.setVariable("event", node("{\"type\": \"cancellation\", \"orderId\": \"880003\", \"id\": \"c\"}"));
        });
        assertThat(refused.getException()).hasMessageContaining("The order has been shipped");
    }

    private void askedOrder() {
        String number = linked("880003");
        Exchange asked = operate("dst", "get-order", e -> e.setVariable("externalId", number));
        assertThat(asked.getException()).isNull();
        Exchange read = server.bean(Routes.class).request("direct:" + channels.apply("dst") + "-read-event", e -> {
            e.getMessage().setBody(EventJson.bytes(asked.getMessage().getBody(JsonNode.class)));
            e.setVariable("channel", channels.apply("dst"));
            e.setVariable("topic", "orders");
        });
        JsonNode order = read.getMessage().getBody(JsonNode.class).path("order");
        assertThat(order.path("reference").asText()).isEqualTo("880003");
        assertThat(order.path("systemStatus").asText()).isEqualTo("In Transit");
        assertThat(order.at("/lines/0/sku").asText()).isEqualTo("DOBA-1");
    }

    private void stock() {
        Exchange told = operate("dst", "poll-inventory", e -> {});
        assertThat(told.getException()).isNull();
        assertThat(told.getMessage().getBody(JsonNode.class).path("stock").findValuesAsText("quantity"))
                .isNotEmpty()
                .containsOnly("100");
    }

    private void sell(String id) {
        doba.article("DOBA-1");
        assertThat(server.webhook(channels.apply("feed"), ORDER.formatted(id)).statusCode())
                .isEqualTo(202);
    }

    private Map<String, Object> delivery(String order) {
        return jdbc()
                .queryForList(
                        "select d.id, d.state, coalesce(d.error, '') as error from delivery d join orders o on o.id = d.order_id"
                                + " where d.channel = ? and o.external_id = ? and d.operation = 'create-order'",
                        channels.apply("dst"),
                        order)
                .stream()
                .findFirst()
                .orElse(Map.of());
    }

    private List<String> payloads(String order, String type) {
        return jdbc().queryForList(
                        "select e.payload from event e join orders o on o.id = e.order_id where o.external_id = ? and e.type = ?"
                                + " and e.channel = ?",
                        String.class,
                        order,
                        type,
                        channels.apply("dst"));
    }

    private String linked(String order) {
        return await().atMost(SOON)
                .until(
                        () -> jdbc().queryForList(
                                        "select l.external_id from lane l join orders o on o.id = l.order_id"
                                                + " where l.channel = ? and o.external_id = ? and l.external_id is not null",
                                        String.class,
                                        channels.apply("dst"),
                                        order),
                        ids -> !ids.isEmpty())
                .get(0);
    }

    private JdbcTemplate jdbc() {
        return new JdbcTemplate(server.bean(DataSource.class));
    }

    private static JsonNode node(String json) {
        return EventJson.tree(json.getBytes(UTF_8));
    }

    private Exchange operate(String kind, String operation, Consumer<Exchange> prepare) {
        String channel = channels.apply(kind);
        return server.bean(Routes.class).request("direct:" + channel + "-" + operation, exchange -> {
            exchange.setVariable("channel", channel);
            exchange.setVariable("operation", operation);
            prepare.accept(exchange);
        });
    }
}

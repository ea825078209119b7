package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.server.FakeStore.Request;
import io.waybill.server.FakeStore.Stored;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The use cases UC-01 to UC-08 of {@code src/docs/guide/use-cases.md}: an order's life between shops and suppliers. */
class OrderLifeIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    private static final Map<String, FakeStore> STORES = new LinkedHashMap<>();
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        marketplace(files, "life-us", "[life-wh, life-erp]");
        marketplace(files, "life-eu", "[life-wh, life-erp]");
        destination(files, "life-wh", "supplier", "");
        destination(files, "life-erp", "erp", "policies: { returns: true, refunds: true }\n");
        files.put("rules/life-us.yaml", "attributes:\n  - { attribute: tags, value: LifeUS }\n");
        files.put("rules/life-eu.yaml", "attributes:\n  - { attribute: tags, value: LifeEU }\n");
        files.put("rules/life-wh.yaml", TO_THE_SOURCE_ONLY);

        marketplace(files, "life-shop", "[life-a, life-b, life-c]");
        destination(files, "life-a", "supplier", "");
        destination(files, "life-b", "supplier", "");
        destination(files, "life-c", "supplier", "push: manual\n");
        files.put("rules/life-shop.yaml", BY_LINE);

        marketplace(files, "life-stall", "[life-hand]");
        destination(files, "life-hand", "platform", "push: manual\n");
        server = TestServer.shared(files);
    }

    @AfterAll
    static void stop() {
        STORES.values().forEach(FakeStore::close);
    }

    private static void marketplace(Map<String, String> files, String name, String destinations) throws IOException {
        destination(files, name, "marketplace", "destinations: " + destinations + "\n");
    }

    private static void destination(Map<String, String> files, String name, String role, String more)
            throws IOException {
        FakeStore store = new FakeStore(true);
        STORES.put(name, store);
        files.put(
                "channels/" + name + ".yaml",
                "connector: http\nrole: " + role + "\nsettings: { url: \"" + store.url() + "\" }\n" + more);
    }

    private static final String TO_THE_SOURCE_ONLY =
            """
            overwrites:
              life-us:
                - { attribute: publish, when: { tags: { containsText: LifeUS } }, then: true, otherwise: false }
              life-eu:
                - { attribute: publish, when: { tags: { containsText: LifeEU } }, then: true, otherwise: false }
              life-erp:
                - { attribute: publish, value: false }
            """;

    private static final String BY_LINE =
            """
            overwrites:
              life-a:
                - { attribute: publish, of: line, when: { line.sku: { startsWith: A- } }, then: true, otherwise: false }
              life-b:
                - { attribute: publish, of: line, when: { line.sku: { startsWith: B- } }, then: true, otherwise: false }
              life-c:
                - { attribute: publish, of: line, when: { line.sku: { startsWith: C- } }, then: true, otherwise: false }
            """;

    @Test
    @DisplayName("UC-01 Orders are tagged by shop, and what the warehouse says goes back to the shop of the order only")
    void tagsAndPublishesToTheSourceMarketplaceOnly() {
        order("life-us", "U-1", 1, "MUG 2");
        order("life-eu", "E-1", 1, "MUG 1");
        JsonNode order = pushed("U-1");
        pushed("E-1");
        assertThat(order.path("tags").toString()).isEqualTo("[\"LifeUS\"]");

        tell("life-wh", SHIPMENT.formatted(there("life-wh", "U-1").id(), "p1", "1Z-U1", 2));

        await().atMost(SOON).until(() -> told("life-us", "ship-order", "U-1").size() == 1);
        JsonNode deliveries = whole("U-1").path("deliveries");
        assertThat(operations(deliveries, "ship-order"))
                .contains("life-us delivered null", "life-erp withheld rule", "life-eu withheld not-linked");
        assertThat(STORES.get("life-erp").requests("ship-order")).isEmpty();
        assertThat(STORES.get("life-eu").requests("ship-order")).isEmpty();
        JsonNode why = server.get("/api/orders/" + order.path("id").asText() + "/why");
        assertThat(why.toString()).contains("LifeUS").contains("containsText");
    }

    @Test
    @DisplayName("UC-02 Two of three suppliers get their lines at once; the third gets its lines when a person says so")
    void pushesInPartToTwoOfThreeSuppliers() {
        order("life-shop", "P-1", 1, "A-1 2", "B-1 1", "C-1 3", "C-2 1");
        JsonNode order = shown(
                "P-1",
                o -> o.path("push").asText().equals("partially_pushed")
                        && sync(o, "life-a").equals("synced")
                        && sync(o, "life-b").equals("synced"));

        assertThat(lines("life-a", "P-1")).containsExactly("A-1 2");
        assertThat(lines("life-b", "P-1")).containsExactly("B-1 1");
        assertThat(sync(order, "life-c")).isEqualTo("eligible");
        assertThat(server.get("/api/orders?push=partially_pushed&channel=life-c&sync=eligible")
                        .at("/items/0/number")
                        .asText())
                .isEqualTo("#P-1");

        push(order, "{\"channels\":[\"life-c\"],\"lines\":[\"3\"]}");
        await().atMost(SOON).until(() -> lines("life-c", "P-1").equals(List.of("C-1 3")));
        JsonNode half = await().atMost(SOON)
                .until(
                        () -> whole("P-1"),
                        o -> o.at("/lines/2/destinations/life-c/pushed").asInt() == 3);
        assertThat(half.at("/lines/2/destinations/life-c/push").asText()).isEqualTo("pushed");
        assertThat(half.at("/lines/3/destinations/life-c/push").asText()).isEqualTo("not_pushed");
        assertThat(half.path("push").asText()).isEqualTo("partially_pushed");

        push(order, "{\"channels\":[\"life-c\"]}");
        pushed("P-1");
        assertThat(lines("life-c", "P-1")).containsExactly("C-1 3", "C-2 1");
        assertThat(told("life-c", "create-order", "P-1")).hasSize(1);
    }

    @Test
    @DisplayName("UC-03 An order that is cancelled before it was pushed goes nowhere, and cannot be pushed any more")
    void cancelsBeforeThePush() {
        order("life-stall", "H-1", 1, "MUG 1");
        JsonNode order = shown("H-1", o -> sync(o, "life-hand").equals("eligible"));

        tell("life-stall", "{\"type\":\"cancellation\",\"orderId\":\"H-1\",\"id\":\"c1\",\"by\":\"customer\"}");

        shown("H-1", o -> o.path("push").asText().equals("cancelled"));
        assertThat(operations(whole("H-1").path("deliveries"), "create-order"))
                .containsExactly("life-hand void cancelled");
        HttpResponse<String> refused =
                server.call("POST", "/api/orders/" + order.path("id").asText() + "/push", "{\"force\":true}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(TestServer.json(refused).path("code").asText()).isEqualTo("wrong-state-cancelled");
        assertThat(STORES.get("life-hand").requests()).noneMatch(r -> isAbout(r, "H-1"));
    }

    @Test
    @DisplayName("UC-04 An order that is cancelled while its create is under way is created once, then cancelled")
    void cancelsDuringThePush() {
        CountDownLatch answer = STORES.get("life-a").holdAnswer("D-1");
        order("life-shop", "D-1", 1, "A-1 1");
        Stored there = await().atMost(SOON).until(() -> thereOrNull("life-a", "D-1"), s -> s != null);

        tell("life-shop", "{\"type\":\"cancellation\",\"orderId\":\"D-1\",\"id\":\"c1\",\"by\":\"customer\"}");
        await().atMost(SOON).until(() -> operations(whole("D-1").path("deliveries"), "cancel-order")
                .contains("life-a waiting blocked"));
        assertThat(STORES.get("life-a").requests("cancel-order")).noneMatch(r -> isAbout(r, there.id()));
        answer.countDown();

        await().atMost(SOON)
                .until(() -> told("life-a", "cancel-order", there.id()).size() == 1);
        shown("D-1", o -> o.path("push").asText().equals("cancelled"));
        assertThat(told("life-a", "create-order", "D-1")).hasSize(1);
    }

    @Test
    @DisplayName("UC-05 A cancellation after the push goes to whoever has the lines, and not back to the shop")
    void cancelsAfterThePush() {
        order("life-shop", "X-1", 1, "A-1 3", "B-1 1");
        pushed("X-1");
        String atA = there("life-a", "X-1").id();
        String atB = there("life-b", "X-1").id();

        tell(
                "life-shop",
                "{\"type\":\"cancellation\",\"orderId\":\"X-1\",\"id\":\"c1\",\"by\":\"customer\",\"lines\":[{\"id\":\"1\",\"quantity\":2}]}");
        await().atMost(SOON).until(() -> told("life-a", "cancel-order", atA).size() == 1);
        JsonNode one = whole("X-1");
        assertThat(one.at("/lines/0/cancelled").asInt()).isEqualTo(2);
        assertThat(one.path("push").asText()).isEqualTo("pushed");
        assertThat(told("life-b", "cancel-order", atB)).isEmpty();

        tell(
                "life-shop",
                "{\"type\":\"cancellation\",\"orderId\":\"X-1\",\"id\":\"c2\",\"by\":\"merchant\",\"reason\":\"sold out\"}");
        await().atMost(SOON)
                .until(() -> told("life-a", "cancel-order", atA).size() == 2
                        && told("life-b", "cancel-order", atB).size() == 1);
        shown("X-1", o -> o.path("push").asText().equals("cancelled"));
        assertThat(told("life-shop", "cancel-order", "X-1")).isEmpty();
    }

    @Test
    @DisplayName("UC-06 Two partial shipments and a return reach everyone else who has the order, each once")
    void shipsInTwoPartsAndTakesSomeBack() {
        order("life-eu", "S-1", 1, "MUG 3");
        pushed("S-1");
        String atErp = there("life-erp", "S-1").id();

        tell("life-erp", SHIPMENT.formatted(atErp, "p1", "1Z-1", 2));
        tell("life-erp", SHIPMENT.formatted(atErp, "p2", "1Z-2", 1));
        await().atMost(SOON).until(() -> trackings("life-eu", "S-1").equals(List.of("1Z-1", "1Z-2")));
        await().atMost(SOON)
                .until(() -> trackings("life-wh", there("life-wh", "S-1").id()).equals(List.of("1Z-1", "1Z-2")));
        tell("life-eu", SHIPMENT.formatted("S-1", "fulfilment-77", "1Z-1", 2));
        tell(
                "life-eu",
                """
                {"type":"return","orderId":"S-1","id":"r1","at":"2026-11-21T10:00:00Z","reason":"chipped",
                 "lines":[{"id":"1","quantity":1}],"refund":"12.50"}""");

        await().atMost(SOON).until(() -> told("life-erp", "return-order", atErp).size() == 1);
        JsonNode order = await().atMost(SOON)
                .until(() -> whole("S-1"), o -> o.path("timeline").toString().contains("\"echo\""));
        assertThat(order.at("/lines/0/shipped").asInt()).isEqualTo(3);
        assertThat(order.at("/lines/0/returned").asInt()).isEqualTo(1);
        assertThat(told("life-erp", "return-order", atErp)
                        .get(0)
                        .body()
                        .at("/event/refund")
                        .asText())
                .isEqualTo("12.50");
        assertThat(told("life-erp", "ship-order", atErp)).as("its own news").isEmpty();
        assertThat(trackings("life-eu", "S-1")).as("what it says back").hasSize(2);
    }

    @Test
    @DisplayName(
            "UC-07 A channel goes from manual to automatic: what waited is pushed at once, what comes goes by itself")
    void goesFromManualToAutomatic() {
        order("life-stall", "M-1", 1, "MUG 1");
        shown("M-1", o -> sync(o, "life-hand").equals("eligible"));
        assertThat(thereOrNull("life-hand", "M-1")).isNull();

        post("/api/channels/life-hand/push-mode", "{\"push\":\"automatic\"}");
        assertThat(server.get("/api/channels/life-hand").path("push").asText()).isEqualTo("automatic");
        order("life-stall", "M-2", 1, "MUG 1");
        pushed("M-2");
        assertThat(sync(shown("M-1"), "life-hand")).as("waits all the same").isEqualTo("eligible");

        JsonNode bulk = post("/api/orders/push?sync=eligible&channel=life-hand", null);
        assertThat(bulk.path("requeued").asInt()).isEqualTo(1);
        pushed("M-1");
        assertThat(server.get("/api/audit?action=push-mode").toString()).contains("life-hand");

        post("/api/channels/life-hand/push-mode", "{\"push\":\"manual\"}");
        order("life-stall", "M-3", 1, "MUG 1");
        shown("M-3", o -> sync(o, "life-hand").equals("eligible"));
        assertThat(thereOrNull("life-hand", "M-3")).isNull();
    }

    @Test
    @DisplayName("UC-08 What is edited at the shop after the push goes out as an update to whom it concerns")
    void sendsEditsAfterThePush() {
        order("life-shop", "Q-1", 1, "A-1 1", "B-1 1");
        pushed("Q-1");

        order("life-shop", "Q-1", 2, "A-1 5", "B-1 1");

        await().atMost(SOON).until(() -> lines("life-a", "Q-1").equals(List.of("A-1 5")));
        JsonNode order = pushed("Q-1");
        assertThat(told("life-a", "create-order", "Q-1")).hasSize(1);
        assertThat(sync(order, "life-a")).isEqualTo("synced");
    }

    private static final String SHIPMENT =
            """
            {"type":"shipment","orderId":"%s","id":"%s","at":"2026-11-21T10:00:00Z","carrier":"UPS","trackingNumber":"%s",
             "lines":[{"id":"1","quantity":%d}]}""";

    /** @param lines each {@code <SKU> <quantity>}; their ids are 1, 2, 3 … */
    private static void order(String channel, String id, int version, String... lines) {
        List<String> written = IntStream.range(0, lines.length)
                .mapToObj(i -> "{\"id\":\"%d\",\"sku\":\"%s\",\"quantity\":%s,\"price\":\"12.50\"}"
                        .formatted(i + 1, lines[i].split(" ")[0], lines[i].split(" ")[1]))
                .toList();
        tell(
                channel,
                """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"paid","version":%d,"currency":"USD","lines":[%s]}}"""
                        .formatted(id, id, version, String.join(",", written)));
    }

    private static void tell(String channel, String body) {
        assertThat(server.webhook(channel, body).statusCode()).isEqualTo(202);
    }

    private static JsonNode post(String path, @Nullable String body) {
        HttpResponse<String> answer = server.call("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.json(answer);
    }

    private static void push(JsonNode order, String body) {
        JsonNode answer = post("/api/orders/" + order.path("id").asText() + "/push", body);
        assertThat(answer.at("/destinations/0/pushed").asBoolean())
                .as(answer.toString())
                .isTrue();
    }

    private static JsonNode shown(String id) {
        return server.get("/api/orders?number=" + id).at("/items/0");
    }

    private static JsonNode shown(String id, Predicate<JsonNode> as) {
        return await().atMost(SOON).until(() -> shown(id), order -> !order.isMissingNode() && as.test(order));
    }

    private static JsonNode pushed(String id) {
        return shown(id, order -> order.path("push").asText().equals("pushed"));
    }

    private static JsonNode whole(String id) {
        return server.get("/api/orders/" + shown(id).path("id").asText());
    }

    private static String sync(JsonNode order, String channel) {
        for (JsonNode destination : order.path("destinations")) {
            if (destination.path("channel").asText().equals(channel)) {
                return destination.path("sync").asText();
            }
        }
        return "";
    }

    /** Each delivery by this operation as {@code <channel> <state> <reason>}. */
    private static List<String> operations(JsonNode deliveries, String operation) {
        List<String> found = new ArrayList<>();
        deliveries.forEach(d -> {
            if (d.path("operation").asText().equals(operation)) {
                found.add(d.path("channel").asText() + " " + d.path("state").asText() + " "
                        + d.path("reason").asText());
            }
        });
        return found;
    }

    private static @Nullable Stored thereOrNull(String channel, String id) {
        return STORES.get(channel).orders().stream()
                .filter(o -> o.sourceId().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static Stored there(String channel, String id) {
        return await().atMost(SOON).until(() -> thereOrNull(channel, id), stored -> stored != null);
    }

    /** The lines that the order has there, each as {@code <SKU> <quantity>}. */
    private static List<String> lines(String channel, String id) {
        Stored stored = thereOrNull(channel, id);
        List<String> lines = new ArrayList<>();
        if (stored != null) {
            stored.order()
                    .path("lines")
                    .forEach(l -> lines.add(
                            l.path("sku").asText() + " " + l.path("quantity").asText()));
        }
        return lines;
    }

    private static boolean isAbout(Request request, String id) {
        return request.body().path("externalId").asText().equals(id)
                || request.body().at("/event/order/id").asText().equals(id);
    }

    /** @param id its id there, or the shop's own for creates */
    private static List<Request> told(String channel, String operation, String id) {
        return STORES.get(channel).requests(operation).stream()
                .filter(r -> isAbout(r, id))
                .toList();
    }

    private static List<String> trackings(String channel, String id) {
        return told(channel, "ship-order", id).stream()
                .map(r -> r.body().at("/event/trackingNumber").asText())
                .toList();
    }
}

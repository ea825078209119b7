package io.waybill.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import io.waybill.server.FakeStore.Fault;
import io.waybill.server.FakeStore.Request;
import io.waybill.server.FakeStore.Stored;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From a webhook to a destination over real HTTP and a real PostgreSQL: the promises, and bad input of every kind. */
class EndToEndIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
    private static final AtomicInteger NUMBER = new AtomicInteger(1000);

    private static FakeStore keyed;
    private static FakeStore searched;
    private static FakeStore blind;
    private static FakeStore market;
    private static FakeStore filing;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        keyed = new FakeStore(true);
        searched = new FakeStore(false);
        blind = new FakeStore(false);
        market = new FakeStore(true);
        filing = new FakeStore(true);
        server = TestServer.shared(Map.ofEntries(
                Map.entry("channels/shop-keyed.yaml", marketplace("keyed", market.url())),
                Map.entry("channels/shop-searched.yaml", marketplace("searched", null)),
                Map.entry("channels/shop-blind.yaml", marketplace("blind", null)),
                Map.entry("channels/shop-ruled.yaml", marketplace("keyed, filing", null)),
                Map.entry("channels/shop-signed.yaml", signed()),
                Map.entry("channels/mirror.yaml", mirror(market.url())),
                Map.entry("channels/keyed.yaml", destination(keyed, "")),
                Map.entry("channels/searched.yaml", destination(searched, searching(searched))),
                Map.entry("channels/blind.yaml", destination(blind, "  idempotent: \"false\"\n")),
                Map.entry(
                        "channels/filing.yaml",
                        destination(filing, "") + "labels: { as: pdf }\nsend: [lines, totals]\n"),
                Map.entry("rules/shop-ruled.yaml", RULES)));
    }

    @AfterAll
    static void stop() {
        Stream.of(keyed, searched, blind, market, filing).forEach(FakeStore::close);
    }

    private static final String RULES =
            """
            attributes:
              - { attribute: tags, value: Ruled }
            overwrites:
              filing:
                - attribute: publish
                  when: { order.totals.total: { greaterThan: "100.00" } }
                  then: true
                  otherwise: false
              keyed:
                - attribute: publish
                  of: line
                  when: { line.sku: { startsWith: "local-" } }
                  then: false
                  otherwise: true
            """;

    @Test
    void deliversAnOrderWithItsKeyAndKeepsTheLink() {
        String id = order("shop-keyed", 1, "paid");
        Stored stored = await().atMost(SOON).until(() -> only(keyed, id), s -> s != null);
        JsonNode shown = await().atMost(SOON)
                .until(() -> shown(id), o -> o.path("push").asText().equals("pushed"));
        assertThat(shown.toString()).contains("\"" + stored.id() + "\"");
        Request request = keyed.requests("create-order").stream()
                .filter(r -> r.body().at("/event/order/id").asText().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(request.headers()).containsEntry("idempotency-key", request.key());
        assertThat(request.body().at("/event/order").has("payments"))
                .as("not in send")
                .isFalse();
    }

    @Test
    void answersADuplicateAndImportsItOnce() {
        String id = nextId();
        String body = json(id, 1, "paid", "25.00");
        HttpResponse<String> first = server.webhook("shop-keyed", body, "webhook-id", "dup-" + id);
        HttpResponse<String> second = server.webhook("shop-keyed", body, "webhook-id", "dup-" + id);
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(TestServer.json(second).path("receipt"))
                .isEqualTo(TestServer.json(first).path("receipt"));
        await().atMost(SOON).until(() -> only(keyed, id), s -> s != null);
        assertThat(keyed.orders().stream().filter(o -> o.sourceId().equals(id))).hasSize(1);
    }

    @Test
    void keepsAndFlagsTheSameEventWithAnotherBody() {
        String id = nextId();
        server.webhook("shop-keyed", json(id, 1, "paid", "25.00"), "webhook-id", "same-" + id);
        HttpResponse<String> other =
                server.webhook("shop-keyed", json(id, 9, "shipped", "99.00"), "webhook-id", "same-" + id);
        assertThat(other.statusCode()).isEqualTo(200);
        await().atMost(SOON).until(() -> only(keyed, id), s -> s != null);
        assertThat(only(keyed, id).order().path("status").asText()).isEqualTo("paid");
        assertThat(server.get("/api/receipts?state=conflict").toString()).contains("same-" + id);
    }

    @Test
    void sendsTheSameBytesUnderTheSameKeyAfterAnAmbiguousAnswer() {
        String id = nextId();
        keyed.next(id, Fault.HANG_UP_AFTER, Fault.FAIL_AFTER);
        server.webhook("shop-keyed", json(id, 1, "paid", "25.00"));
        server.webhook("shop-keyed", json(id, 2, "processing", "25.00"));
        await().atMost(SOON)
                .until(
                        () -> only(keyed, id),
                        s -> s != null && s.order().path("status").asText().equals("processing"));
        assertThat(keyed.orders().stream().filter(o -> o.sourceId().equals(id)))
                .as("created once")
                .hasSize(1);
        List<Request> creates = keyed.requests("create-order").stream()
                .filter(r -> r.body().at("/event/order/id").asText().equals(id))
                .toList();
        assertThat(creates.stream().map(r -> new String(r.raw(), UTF_8)).distinct())
                .hasSize(1);
    }

    @Test
    void looksBeforeItCreatesAgainWhereOnlyASearchTells() {
        String id = nextId();
        searched.next(id, Fault.HANG_UP_AFTER);
        server.webhook("shop-searched", json(id, 1, "paid", "25.00"));
        await().atMost(SOON).until(() -> shown(id), o -> o.path("push").asText().equals("pushed"));
        assertThat(searched.orders().stream().filter(o -> o.sourceId().equals(id)))
                .hasSize(1);
        assertThat(searched.finds()).isPositive();
    }

    /** 503 among them: an HTTP client likes to send such a request again by itself. */
    @ParameterizedTest
    @EnumSource(names = {"HANG_UP_AFTER", "FAIL_AFTER", "AWAY_AFTER"})
    void leavesAnUnknowableOutcomeToAPerson(Fault fault) {
        String id = nextId();
        blind.next(id, fault);
        server.webhook("shop-blind", json(id, 1, "paid", "25.00"));
        JsonNode delivery = await().atMost(SOON).until(() -> delivery("blind", "unknown"), d -> d != null);
        assertThat(blind.orders().stream().filter(o -> o.sourceId().equals(id)))
                .as("never blindly again")
                .hasSize(1);
        server.call("POST", "/api/deliveries/" + delivery.path("id").asText() + "/retry", null);
        await().atMost(SOON).until(() -> shown(id), o -> o.path("push").asText().equals("pushed"));
    }

    @Test
    void endsAtTheNewestVersionWhateverOrderItComesIn() {
        String id = nextId();
        for (int version : new int[] {3, 1, 5, 2, 4}) {
            server.webhook("shop-keyed", json(id, version, version == 5 ? "shipped" : "processing", version + ".00"));
        }
        await().atMost(SOON)
                .until(
                        () -> only(keyed, id),
                        s -> s != null && s.order().path("status").asText().equals("shipped"));
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() ->
                        only(keyed, id).order().at("/totals/total").asText().equals("5.00"));
    }

    @Test
    void holdsTheChannelNotTheOrderWhenCredentialsAreBad() {
        String id = nextId();
        keyed.next(id, Fault.LOCKED, Fault.LOCKED);
        server.webhook("shop-keyed", json(id, 1, "paid", "25.00"));
        await().atMost(SOON).until(() -> only(keyed, id), s -> s != null);
        JsonNode order = server.get("/api/orders/" + shown(id).path("id").asText());
        assertThat(order.toString()).doesNotContain("\"failed\"");
    }

    @Test
    void parksARefusedOrderUntilItIsRetried() {
        String id = nextId();
        keyed.next(id, Fault.REFUSE);
        server.webhook("shop-keyed", json(id, 1, "paid", "25.00"));
        JsonNode delivery = await().atMost(SOON).until(() -> delivery("keyed", "failed"), d -> d != null);
        assertThat(only(keyed, id)).isNull();
        assertThat(server.get("/api/issues").toString()).contains("refused");
        server.call("POST", "/api/deliveries/" + delivery.path("id").asText() + "/retry", null);
        await().atMost(SOON).until(() -> only(keyed, id), s -> s != null);
    }

    @Test
    void tagsPublishesAndSaysWhy() {
        String id = nextId();
        server.webhook("shop-ruled", json(id, 1, "paid", "25.00").replace("\"MUG\"", "\"LOCAL-1\""));
        JsonNode order = await().atMost(SOON).until(() -> shown(id), o -> o != null);
        assertThat(order.path("tags").toString()).contains("Ruled");
        JsonNode why = server.get("/api/orders/" + order.path("id").asText() + "/why");
        assertThat(why.toString()).contains("25.00").contains("100.00").contains("LOCAL-1");
        assertThat(only(keyed, id)).as("its only line stays here").isNull();
        assertThat(only(filing, id)).as("too cheap").isNull();

        server.call(
                "POST",
                "/api/orders/" + order.path("id").asText() + "/push",
                "{\"channels\":[\"filing\"],\"force\":true}");
        Stored forced = await().atMost(SOON).until(() -> only(filing, id), s -> s != null);
        assertThat(forced.order().has("tags"))
                .as("send names lines and totals only")
                .isFalse();
    }

    @Test
    void bringsAShipmentAndItsLabelBackToTheMarketplace() {
        String id = order("shop-keyed", 1, "paid");
        Stored stored = await().atMost(SOON).until(() -> only(keyed, id), s -> s != null);
        String html = Base64.getEncoder().encodeToString("<html><body><p>Parcel 1</p></body></html>".getBytes(UTF_8));
        String shipment =
                """
                {"type":"shipment","orderId":"%s","id":"p1","carrier":"UPS","trackingNumber":"1Z",
                 "lines":[{"id":"1","quantity":2}],"labels":[{"id":"l1","size":"4x6in","data":"%s"}]}"""
                        .formatted(stored.id(), html);
        assertThat(server.webhook("keyed", shipment).statusCode()).isEqualTo(202);
        await().atMost(SOON).until(() -> market.requests().stream()
                .anyMatch(r -> r.operation().equals("attach-label")
                        && r.body().path("externalId").asText().equals(id)));
        List<String> operations = market.requests().stream()
                .filter(r -> r.body().path("externalId").asText().equals(id))
                .map(Request::operation)
                .toList();
        assertThat(operations).containsExactly("ship-order", "attach-label");
        Request label = market.requests("attach-label").stream()
                .filter(r -> r.body().path("externalId").asText().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(label.headers().get("content-type")).startsWith("multipart/form-data");
        assertThat(new String(label.raw(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("%PDF-")
                .contains("%%EOF");
        assertThat(label.body().at("/event/orderId").asText()).isEqualTo(stored.id());
        JsonNode documents = server.get("/api/orders/" + shown(id).path("id").asText() + "/documents");
        assertThat(documents.toString()).contains("label-l1.pdf");
        HttpResponse<String> print =
                server.call("GET", "/api/orders/" + shown(id).path("id").asText() + "/documents/print", null);
        assertThat(print.statusCode()).isEqualTo(200);
        assertThat(print.headers().firstValue("Content-Type")).contains("application/pdf");
    }

    @Test
    void aFactWaitsForItsOrder() {
        String id = nextId();
        server.webhook(
                "shop-keyed",
                "{\"type\":\"cancellation\",\"orderId\":\"" + id + "\",\"id\":\"c1\",\"by\":\"customer\"}");
        await().atMost(SOON)
                .until(() ->
                        server.get("/api/receipts?state=waiting").toString().contains("waiting-for-order"));
        server.webhook("shop-keyed", json(id, 1, "paid", "25.00"));
        await().atMost(SOON)
                .until(() -> keyed.requests("cancel-order").stream()
                                .anyMatch(r ->
                                        r.body().at("/event/orderId").asText().equals(id))
                        || shown(id) != null && shown(id).path("push").asText().equals("cancelled"));
    }

    @Test
    void recognisesItsOwnOrderWhenTheDestinationEchoesIt() {
        String id = order("shop-keyed", 1, "paid");
        Stored stored = await().atMost(SOON).until(() -> only(keyed, id), s -> s != null);
        await().atMost(SOON).until(() -> shown(id), o -> o.path("push").asText().equals("pushed"));
        int before = keyed.requests().size() + market.requests().size();
        HttpResponse<String> echo = server.webhook("keyed", json(stored.id(), 1, "processing", "25.00"));
        assertThat(echo.statusCode()).isEqualTo(202);
        await().atMost(SOON)
                .until(() -> server.get("/api/orders/" + shown(id).path("id").asText())
                        .toString()
                        .contains("echo"));
        assertThat(keyed.requests().size() + market.requests().size()).isEqualTo(before);
        assertThat(server.get("/api/orders?channel=keyed&q=" + stored.id()).path("items"))
                .as("no order of its own")
                .allSatisfy(o -> assertThat(o.path("channel").asText()).isEqualTo("shop-keyed"));
    }

    @Test
    void aBrokenRuleHoldsTheOrderUntilItIsMended() {
        String broken =
                """
                overwrites:
                  keyed:
                    - attribute: publish
                      when: "order.lines[5].quantity > 0"
                      then: true
                      otherwise: false
                """;
        server.edit("channels/shop-mended.yaml", marketplace("keyed", null));
        server.edit("rules/shop-mended.yaml", broken);
        await().atMost(SOON).until(() -> server.get("/api/channels").toString().contains("shop-mended"));
        String id = order("shop-mended", 1, "paid");
        await().atMost(SOON).until(() -> server.get("/api/deliveries?state=withheld&channel=keyed")
                .toString()
                .contains("rule-error"));
        assertThat(only(keyed, id)).isNull();
        server.edit("rules/shop-mended.yaml", "attributes: []\n");
        await().atMost(SOON).until(() -> only(keyed, id), s -> s != null);
    }

    @Test
    void parksAloneInAnArrayAndTheRestGoesOn() {
        String good = nextId();
        String bad = nextId();
        String array = "[" + json(good, 1, "paid", "25.00") + "," + json(bad, 1, "paid", "25.005") + "]";
        assertThat(server.webhook("shop-keyed", array).statusCode()).isEqualTo(202);
        await().atMost(SOON).until(() -> only(keyed, good), s -> s != null);
        await().atMost(SOON)
                .until(() -> server.get("/api/receipts?state=parked").toString().contains("order.totals.total"));
        assertThat(only(keyed, bad)).isNull();
    }

    @Test
    void takesAnOrderOfFiveThousandLines() {
        String id = nextId();
        String lines = IntStream.range(0, 5000)
                .mapToObj(i -> "{\"id\":\"" + i + "\",\"sku\":\"MUG\",\"quantity\":1}")
                .collect(java.util.stream.Collectors.joining(","));
        server.webhook(
                "shop-keyed",
                "{\"type\":\"order\",\"order\":{\"id\":\"" + id
                        + "\",\"status\":\"paid\",\"currency\":\"USD\",\"lines\":[" + lines + "]}}");
        Stored stored = await().atMost(SOON).until(() -> only(keyed, id), s -> s != null);
        assertThat(stored.order().path("lines")).hasSize(5000);
    }

    @Test
    void checksSignaturesOverTheRawBytes() throws Exception {
        String id = nextId();
        String body = json(id, 1, "paid", "25.00");
        long now = Instant.now().getEpochSecond();
        Webhook signer = new Webhook(SECRET);
        assertThat(signedPost(body, "m1", now, signer.sign("m1", now, body))).isEqualTo(202);
        assertThat(signedPost(body + " ", "m2", now, signer.sign("m2", now, body)))
                .isEqualTo(401);
        assertThat(signedPost(body, "m3", now - 600, signer.sign("m3", now - 600, body)))
                .isEqualTo(401);
        assertThat(server.webhook("shop-signed", body).statusCode()).isEqualTo(401);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> badBodies() {
        return Stream.of(
                org.junit.jupiter.params.provider.Arguments.of("not JSON", "<order/>".getBytes(UTF_8), 400),
                org.junit.jupiter.params.provider.Arguments.of("cut off", "{\"type\":\"order\"".getBytes(UTF_8), 400),
                org.junit.jupiter.params.provider.Arguments.of("two values", "{} {}".getBytes(UTF_8), 400),
                org.junit.jupiter.params.provider.Arguments.of("empty", new byte[0], 400),
                org.junit.jupiter.params.provider.Arguments.of(
                        "invalid UTF-8", new byte[] {'"', (byte) 0xC3, 0x28, '"'}, 400),
                org.junit.jupiter.params.provider.Arguments.of(
                        "nested too deep", "[".repeat(4_000_000).getBytes(UTF_8), 400),
                org.junit.jupiter.params.provider.Arguments.of(
                        "too large", (" ".repeat(6_000_000) + "{}").getBytes(UTF_8), 413));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBodies")
    void refusesWhatCannotBeAMessage(String what, byte[] body, int status) {
        HttpResponse<String> answer = server.webhook("shop-keyed", body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(TestServer.json(answer).path("code").asText()).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void refusesAnUnknownChannel() {
        HttpResponse<String> answer = server.webhook("nobody", "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(TestServer.json(answer).path("code").asText()).isEqualTo("unknown-channel");
    }

    @Test
    void parksWhatIsJsonButNoEventWithThePathOfTheMistake() {
        String id = nextId();
        server.webhook("shop-keyed", json(id, 1, "paid", "25.00").replace("\"USD\"", "\"XXXX\""));
        server.webhook("shop-keyed", json(nextId(), 1, "paid", "25.00").replace("Ada", "A\\u0000da"));
        await().atMost(SOON).until(() -> {
            String parked = server.get("/api/receipts?state=parked").toString();
            return parked.contains("order.currency") && parked.contains("order.customer.name");
        });
    }

    private static int signedPost(String body, String id, long at, String signature) {
        return server.webhook(
                        "shop-signed",
                        body,
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        String.valueOf(at),
                        "webhook-signature",
                        signature)
                .statusCode();
    }

    private static String order(String channel, int version, String status) {
        String id = nextId();
        assertThat(server.webhook(channel, json(id, version, status, "25.00")).statusCode())
                .isEqualTo(202);
        return id;
    }

    private static String nextId() {
        return "o" + NUMBER.incrementAndGet();
    }

    private static String json(String id, int version, String status, String total) {
        return """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"%s","version":%d,"currency":"USD",
                "customer":{"name":"Ada","email":"ada@example.com"},"payments":[{"method":"card","amount":"1.00"}],
                "lines":[{"id":"1","sku":"MUG","quantity":2,"price":"12.50"}],"totals":{"total":"%s"}}}"""
                .formatted(id, id, status, version, total);
    }

    private static Stored only(FakeStore store, String sourceId) {
        return store.orders().stream()
                .filter(o -> o.sourceId().equals(sourceId))
                .findFirst()
                .orElse(null);
    }

    private static JsonNode shown(String id) {
        JsonNode items = server.get("/api/orders?number=%23" + id).path("items");
        return items.isEmpty() ? null : items.get(0);
    }

    private static JsonNode delivery(String channel, String state) {
        JsonNode items = server.get("/api/deliveries?channel=" + channel + "&state=" + state)
                .path("items");
        return items.isEmpty() ? null : items.get(0);
    }

    private static String marketplace(String destinations, String url) {
        return "connector: http\ntitle: Shop\nrole: marketplace\ndestinations: [" + destinations + "]\n"
                + (url == null ? "" : "labels: { as: pdf-attachment }\nsettings: { url: \"" + url + "\" }\n");
    }

    private static String signed() {
        System.setProperty("WAYBILL_TEST_SECRET", SECRET);
        return "connector: http\ntitle: Signed\nrole: marketplace\ndestinations: [keyed]\n"
                + "settings: { webhookSecret: \"{{env:WAYBILL_TEST_SECRET}}\" }\n";
    }

    private static String mirror(String url) {
        return "connector: http\ntitle: Mirror\nrole: supplier\nsettings: { url: \"" + url + "\" }\n";
    }

    private static String destination(FakeStore store, String more) {
        return "connector: http\ntitle: Store\nrole: erp\nsettings:\n  url: \"" + store.url() + "\"\n" + more;
    }

    private static String searching(FakeStore store) {
        return "  findUrl: \"" + store.findUrl() + "\"\n  idempotent: \"false\"\n  findSettle: 500ms\n";
    }
}

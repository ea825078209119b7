package io.waybill.api;

import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static io.waybill.ledger.LedgerScene.withhold;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.ledger.LedgerScene;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** The API over HTTP, with its logins, on a real ledger. */
@SpringBootTest(
        classes = ApiTestServer.class,
        properties = {
            "waybill.access.admin-token=admin-token",
            "waybill.access.tokens=olga:operator:operator-token,vera:viewer:viewer-token",
            "waybill.data=target/api-test",
            "spring.autoconfigure.exclude=org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration"
        })
@AutoConfigureMockMvc
class ApiTest {
    private static int number;

    @Autowired
    private MockMvc http;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private ApiTestServer.RecordedPushes pushes;

    private final LedgerScene scene = new LedgerScene(ApiTestServer.DATABASE);

    @Test
    void listsOrdersPageByPage() throws Exception {
        String tag = "tag" + number++;
        List<Long> ids = List.of(tagged(tag), tagged(tag), tagged(tag));
        JsonNode first = get("/api/orders?limit=2&tag=" + tag);
        JsonNode second = get("/api/orders?limit=2&tag=" + tag + "&cursor="
                + first.get("next").asText());
        assertThat(ids(first)).containsExactly(ids.get(2), ids.get(1));
        assertThat(ids(second)).containsExactly(ids.get(0));
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void showsOneOrderWhole() throws Exception {
        long id =
                scene.receive(order(fresh(), "paid", 1), publish("store"), withhold("erp", "tags do not contain B2B"));
        scene.deliver("store");
        JsonNode order = get("/api/orders/" + id);
        assertThat(order.at("/push").asText()).isEqualTo("pushed");
        assertThat(order.at("/total").asText()).isEqualTo("4.50");
        assertThat(order.at("/order/lines/0/price").asText()).isEqualTo("1.50");
        assertThat(order.at("/lines/0/destinations/store/pushed").asInt()).isEqualTo(2);
        assertThat(order.at("/links/0/channel").asText()).isEqualTo("shop");
        assertThat(order.at("/links/1/externalId").asText()).startsWith("S-");
        assertThat(order.at("/links/1/url").asText()).startsWith("https://store/");
        assertThat(order.at("/deliveries").size()).isEqualTo(2);
        assertThat(order.at("/timeline").size()).isGreaterThan(3);
    }

    @Test
    void saysWhy() throws Exception {
        long id = scene.receive(order(fresh(), "paid", 1), withhold("erp", "tags do not contain B2B"));
        JsonNode why = get("/api/orders/" + id + "/why");
        assertThat(why.at("/events/0/decisions/0/reason").asText()).isEqualTo("tags do not contain B2B");
        assertThat(why.at("/events/0/decisions/0/verdict").asText()).isEqualTo("rule");
    }

    @Test
    void showsADeliveryWithAllThatWasSaid() throws Exception {
        long id = scene.receive(order(fresh(), "paid", 1), publish("store"));
        scene.deliver("store");
        long delivery = get("/api/deliveries?order=" + id).at("/items/0/id").asLong();
        JsonNode whole = get("/api/deliveries/" + delivery);
        assertThat(whole.at("/state").asText()).isEqualTo("delivered");
        assertThat(whole.at("/received/body").asText()).contains("Ada Example");
        assertThat(whole.at("/mapped/order/customer/name").asText()).isEqualTo("Ada Example");
        assertThat(whole.at("/request/body/operation").asText()).isEqualTo("create-order");
        assertThat(whole.at("/response/status").asInt()).isEqualTo(200);
        assertThat(whole.at("/tries/0/outcome").asText()).isEqualTo("delivered");
    }

    @Test
    void retriesAFailedDeliveryAndWritesDownWhoDid() throws Exception {
        long id = scene.receive(order(fresh(), "paid", 1), publish("store"));
        scene.fail("store", "refused", "no such SKU");
        long delivery = get("/api/deliveries?order=" + id + "&state=failed")
                .at("/items/0/id")
                .asLong();
        JsonNode after = json(send("POST", "/api/deliveries/" + delivery + "/retry", "operator-token", null), 200);
        assertThat(after.at("/state").asText()).isEqualTo("waiting");
        assertThat(after.at("/reason").asText()).isEqualTo("due");
        JsonNode audit = get("/api/audit?order=" + id);
        assertThat(audit.at("/items/0/by").asText()).isEqualTo("olga");
        assertThat(audit.at("/items/0/action").asText()).isEqualTo("retry");
        assertThat(get("/api/orders/" + id).at("/timeline").toString()).contains("by olga");
        scene.deliver("store");
    }

    @Test
    void refusesToRetryWhatIsDelivered() throws Exception {
        long id = scene.receive(order(fresh(), "paid", 1), publish("store"));
        scene.deliver("store");
        long delivery = get("/api/deliveries?order=" + id).at("/items/0/id").asLong();
        problem(send("POST", "/api/deliveries/" + delivery + "/retry", "operator-token", null), 409, "wrong-state");
    }

    @Test
    void retriesManyAndSaysHowMany() throws Exception {
        String code = "code" + number++;
        scene.receive(order(fresh(), "paid", 1), publish("bulk"));
        scene.receive(order(fresh(), "paid", 1), publish("bulk"));
        scene.fail("bulk", code, "no");
        scene.receive(order(fresh(), "paid", 1), publish("bulk"));
        scene.claim("bulk").forEach(c -> scene.settle(c, new io.waybill.ledger.Outcome.Unknown(code, "no answer")));
        JsonNode bulk =
                json(send("POST", "/api/deliveries/retry?channel=bulk&code=" + code, "operator-token", null), 200);
        assertThat(bulk.toString()).isEqualTo("{\"matched\":3,\"requeued\":2,\"skipped\":1}");
    }

    @Test
    void refusesAMisspeltFilterInsteadOfRetryingEverything() throws Exception {
        problem(send("POST", "/api/deliveries/retry?chanel=store", "operator-token", null), 400, "invalid-parameter");
    }

    @Test
    void showsAndRetriesAParkedReceipt() throws Exception {
        long id = scene.park("{\"type\":\"order\"}", "invalid-event", "order", "is missing");
        assertThat(ids(get("/api/receipts?state=parked"))).contains(id);
        JsonNode receipt = get("/api/receipts/" + id);
        assertThat(receipt.at("/body").asText()).isEqualTo("{\"type\":\"order\"}");
        assertThat(receipt.at("/errorPath").asText()).isEqualTo("order");
        json(send("POST", "/api/receipts/" + id + "/retry", "operator-token", null), 200);
        assertThat(get("/api/receipts/" + id).at("/state").asText()).isEqualTo("waiting");
        scene.execute("update receipt set state = 'parked', due_at = null where id = " + id);
    }

    @Test
    void tellsTheHealthFigures() throws Exception {
        scene.receive(order(fresh(), "paid", 1), publish("health"));
        scene.deliver("health");
        scene.receive(order(fresh(), "paid", 1), publish("health"));
        scene.execute(
                """
                insert into run (id, channel, task, state, trigger, error_code) values
                  (901, 'health', 'import-orders', 'done', 'schedule', null),
                  (902, 'health', 'import-orders', 'failed', 'schedule', 'channel-unreachable'),
                  (903, 'health', 'import-orders', 'running', 'schedule', null),
                  (904, 'health', 'import-products', 'failed', 'schedule', 'read-failed'),
                  (905, 'health', 'import-products', 'done', 'schedule', null)""");
        JsonNode figures = get("/api/health");
        JsonNode channel = StreamSupport.stream(figures.at("/channels").spliterator(), false)
                .filter(c -> c.at("/channel").asText().equals("health"))
                .findFirst()
                .orElseThrow();
        assertThat(channel.at("/deliveries/delivered").asInt()).isEqualTo(1);
        assertThat(channel.at("/deliveries/waiting").asInt()).isEqualTo(1);
        assertThat(channel.at("/waiting/due").asInt()).isEqualTo(1);
        assertThat(channel.at("/failedTasks").toString())
                .as("by the newest run that ended")
                .isEqualTo("{\"import-orders\":\"channel-unreachable\"}");
        assertThat(channel.at("/lastDelivered").isNull()).isFalse();
        assertThat(figures.at("/orders/pushed").asInt()).isPositive();
    }

    @Test
    void groupsFailuresAsIssues() throws Exception {
        scene.receive(order(fresh(), "paid", 1), publish("issues"));
        scene.receive(order(fresh(), "paid", 1), publish("issues"));
        scene.fail("issues", "refused", "no such SKU");
        JsonNode issues = get("/api/issues?channel=issues");
        assertThat(issues.at("/items").size()).isEqualTo(1);
        assertThat(issues.at("/items/0/count").asInt()).isEqualTo(2);
        assertThat(issues.at("/items/0/code").asText()).isEqualTo("refused");
        assertThat(issues.at("/items/0/message").asText()).isEqualTo("no such SKU");
    }

    @Test
    void pausesAndResumesAChannel() throws Exception {
        JsonNode paused = json(send("POST", "/api/channels/erp/pause", "operator-token", null), 200);
        assertThat(paused.at("/paused").asBoolean()).isTrue();
        assertThat(paused.at("/switches/0/by").asText()).isEqualTo("olga");
        scene.receive(order(fresh(), "paid", 1), publish("erp"));
        assertThat(get("/api/deliveries?channel=erp&reason=paused").at("/items").size())
                .isEqualTo(1);
        json(send("POST", "/api/channels/erp/resume", "operator-token", null), 200);
        assertThat(get("/api/deliveries?channel=erp&reason=paused").at("/items").size())
                .isZero();
        scene.deliver("erp");
    }

    @Test
    void showsChannelsWithoutTheirSettingsValues() throws Exception {
        String body = send("GET", "/api/channels/shop", "viewer-token", null).getContentAsString();
        assertThat(body).contains("\"token\"").doesNotContain("hunter2").doesNotContain("env:TOKEN");
        assertThat(get("/api/channels").at("/items").size()).isEqualTo(3);
    }

    @Test
    void switchesBetweenAutomaticAndManualUntilTheFileSaysSomethingElse() throws Exception {
        String path = "/api/channels/erp/push-mode";
        assertThat(get("/api/channels/erp").at("/push").asText()).isEqualTo("automatic");
        JsonNode manual = json(send("POST", path, "operator-token", "{\"push\":\"manual\"}"), 200);
        assertThat(manual.at("/push").asText()).isEqualTo("manual");
        assertThat(get("/api/audit?action=push-mode").at("/items/0/by").asText())
                .isEqualTo("olga");
        json(send("POST", path, "operator-token", "{\"push\":\"automatic\"}"), 200);
        problem(send("POST", path, "operator-token", "{\"push\":\"often\"}"), 400, null);
        problem(send("POST", path, "operator-token", "{}"), 400, "invalid-body");
    }

    @Test
    void pushesAllThatFitAFilterByHand() throws Exception {
        JsonNode bulk = json(
                send("POST", "/api/orders/push?channel=store", "operator-token", "{\"channels\":[\"store\"]}"), 200);
        assertThat(bulk.at("/matched").asInt()).isPositive();
        assertThat(bulk.at("/requeued").asInt() + bulk.at("/skipped").asInt())
                .isEqualTo(bulk.at("/matched").asInt());
        problem(send("POST", "/api/orders/push?chanel=store", "operator-token", "{}"), 400, "invalid-parameter");
    }

    @Test
    void pushesByHand() throws Exception {
        long id = scene.receive(order(fresh(), "paid", 1), withhold("store", "no"));
        JsonNode pushed = json(
                send(
                        "POST",
                        "/api/orders/" + id + "/push",
                        "operator-token",
                        "{\"channels\":[\"store\"],\"lines\":[\"1\"],\"force\":true}"),
                200);
        assertThat(pushed.at("/destinations/0/pushed").asBoolean()).isTrue();
        assertThat(pushes.pushes).contains(new ApiTestServer.Pushed(id, List.of("store"), List.of("1"), true, "olga"));
        problem(
                send("POST", "/api/orders/" + id + "/push", "operator-token", "{\"channels\":[\"moon\"]}"),
                404,
                "unknown-channel");
        problem(send("POST", "/api/orders/1/push", "operator-token", "{}"), 404, "unknown-order");
        problem(send("POST", "/api/orders/" + id + "/push", "operator-token", "{\"channels\":7}"), 400, null);
    }

    @Test
    void refusesAMisspeltMemberInsteadOfPushingEverywhere() throws Exception {
        long id = scene.receive(order(fresh(), "paid", 1), withhold("store", "no"));
        int before = pushes.pushes.size();
        MockHttpServletResponse answer =
                send("POST", "/api/orders/" + id + "/push", "operator-token", "{\"chanels\":[\"store\"]}");
        problem(answer, 400, "unreadable-request");
        assertThat(answer.getContentAsString()).contains("chanels").contains("channels, force, lines");
        assertThat(pushes.pushes).hasSize(before);
    }

    @Test
    void servesADocumentThatNoBrowserRuns() throws Exception {
        long id = scene.receive(order(fresh(), "paid", 1));
        scene.execute(
                "insert into blob values ('\\x01', 'application/pdf', '\\x255044', now()) on conflict do nothing");
        scene.execute("insert into blob values ('\\x02', 'text/html', '<script>', now()) on conflict do nothing");
        scene.execute("insert into document (id, order_id, kind, name, source, pdf) values (nextval('ledger_id'), " + id
                + ", 'label', 'Etikett ä.pdf', '\\x02', '\\x01')");
        long document =
                get("/api/orders/" + id + "/documents").at("/items/0/id").asLong();
        String path = "/api/orders/" + id + "/documents/" + document;
        MockHttpServletResponse pdf = send("GET", path, "viewer-token", null);
        assertThat(pdf.getContentType()).isEqualTo("application/pdf");
        assertThat(pdf.getContentAsByteArray()).isEqualTo(new byte[] {0x25, 0x50, 0x44});
        assertThat(pdf.getHeader("Content-Disposition")).startsWith("inline").contains("filename*=UTF-8''");
        assertThat(pdf.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        MockHttpServletResponse html = send("GET", path + "?original=true", "viewer-token", null);
        assertThat(html.getContentType()).startsWith("text/html");
        assertThat(html.getHeader("Content-Disposition")).startsWith("attachment");
        problem(send("GET", "/api/orders/1/documents/" + document, "viewer-token", null), 404, "unknown-document");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/orders?push=pushd | must be one of not_pushed, partially_pushed, pushed, cancelled",
                "/api/orders?sync=ok | must be one of synced, not_synced",
                "/api/orders?as=bill | must be one of quotation, sale-order, invoice",
                "/api/orders?from=yesterday | 2026-11-20T10:00:00Z",
                "/api/orders?from=2026-02-30 | 2026-11-20",
                "/api/orders?to=%2B999999999-01-01T00:00:00Z | 9999",
                "/api/orders?limit=0 | 1 to 200",
                "/api/orders?limit=201 | 1 to 200",
                "/api/orders?limit=many | whole number",
                "/api/orders?limit=99999999999999999999 | whole number",
                "/api/orders?cursor=%00 | control character",
                "/api/orders?cursor=abc | not one of ours",
                "/api/orders?q=a%00b | control character",
                "/api/orders?puhs=pushed | not known here",
                "/api/deliveries?state=lost | must be one of waiting, in_progress",
                "/api/deliveries?operation=dance | create-order",
                "/api/deliveries?order=x | whole number",
                "/api/receipts?state=imported | must be one of waiting, parked, conflict",
                "/api/audit?to=x | must be a day",
                "/api/health?from=x | must be a day",
                "/api/orders/x | id",
                "/api/orders/99999999999999999999 | id"
            })
    void refusesWhatCannotBeMeant(String path, String says) throws Exception {
        MockHttpServletResponse answer = send("GET", path, "viewer-token", null);
        problem(answer, 400, null);
        assertThat(answer.getContentAsString()).contains(says);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orders/1",
                "/api/orders/1/why",
                "/api/orders/1/documents",
                "/api/orders/1/documents/1",
                "/api/deliveries/1",
                "/api/receipts/999999999",
                "/api/channels/moon",
                "/api/nothing"
            })
    void knowsNothingOfWhatIsNotThere(String path) throws Exception {
        problem(send("GET", path, "viewer-token", null), 404, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%25", "_", "'", "\\", "ä", "%F0%9F%98%80", "%FF", "a b", "--", "$1", "?"})
    void takesAnyTextToSearchFor(String q) throws Exception {
        for (String name : List.of("q", "number", "tag")) {
            String encoded =
                    q.startsWith("%") ? q : java.net.URLEncoder.encode(q, java.nio.charset.StandardCharsets.UTF_8);
            get("/api/orders?" + name + "=" + encoded);
        }
    }

    @Test
    void letsViewersLookAndNotTouch() throws Exception {
        problem(send("POST", "/api/deliveries/retry", "viewer-token", null), 403, "forbidden");
        problem(send("GET", "/api/orders", "wrong", null), 401, "unauthenticated");
    }

    private long tagged(String tag) {
        String id = fresh();
        return scene.receive(LedgerScene.event(
                """
                        {"type":"order","order":{"id":"%s","status":"paid","currency":"EUR","tags":["%s"],"lines":[]}}"""
                        .formatted(id, tag)));
    }

    private static String fresh() {
        return "api-" + number++;
    }

    private JsonNode get(String path) throws Exception {
        return json(send("GET", path, "viewer-token", null), 200);
    }

    private JsonNode json(MockHttpServletResponse answer, int status) throws Exception {
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(status);
        return json.readTree(answer.getContentAsByteArray());
    }

    private void problem(MockHttpServletResponse answer, int status, String code) throws Exception {
        JsonNode problem = json(answer, status);
        assertThat(answer.getContentType()).isEqualTo("application/problem+json");
        assertThat(problem.at("/code").asText()).isNotEmpty();
        if (code != null) {
            assertThat(problem.at("/code").asText()).isEqualTo(code);
        }
    }

    private MockHttpServletResponse send(String method, String path, String token, String body) throws Exception {
        var request = MockMvcRequestBuilders.request(HttpMethod.valueOf(method), java.net.URI.create(path))
                .header("Authorization", "Bearer " + token);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return http.perform(request).andReturn().getResponse();
    }

    private static List<Long> ids(JsonNode page) {
        return StreamSupport.stream(page.at("/items").spliterator(), false)
                .map(item -> item.at("/id").asLong())
                .toList();
    }
}

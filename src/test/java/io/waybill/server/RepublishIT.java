package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.Ages;
import io.waybill.ledger.Planted;
import io.waybill.ledger.Redaction;
import io.waybill.server.FakeStore.Fault;
import io.waybill.server.FakeStore.Request;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an order after it was delivered: looked up in the sync log, sent again, mended in bulk, and redacted. */
class RepublishIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String FIRST_MAPPING =
            """
            if (.kind == "parcel")
              { "type": "shipment", "orderId": .no, "id": .parcel, "lines": [ { "id": "1", "quantity": .qty } ] }
            else if (.kind == "cancel")
              { "type": "cancellation", "orderId": .no, "id": "c-" + .no, "by": "customer" }
            else
              { "type": "order", "order": { "id": .no, "number": .no, "status": "paid", "currency": "USD",
                  "customer": { "name": .who }, "lines": [ { "id": "1", "sku": .sku, "quantity": .qty } ] } }
            """;

    @TempDir
    static Path folder;

    private static FakeStore store;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        store = new FakeStore(true);
        server = TestServer.start(
                folder,
                Map.of(
                        "channels/shop.yaml",
                        "connector: http\ntitle: Shop\nrole: marketplace\ndestinations: [store]\n",
                        "channels/shop.read-event.jslt",
                        FIRST_MAPPING,
                        "channels/store.yaml",
                        "connector: http\ntitle: Store\nrole: erp\nsettings:\n  url: \"" + store.url() + "\"\n"));
    }

    @AfterAll
    static void stop() {
        server.close();
        store.close();
    }

    @Test
    void anOrderIsLookedUpSentAgainAndRedacted() {
        // 1. An order and its parcel come in and go out.
        server.webhook(
                "shop",
                """
                {"no":"A1","who":"%s","sku":"MUG","qty":2,"remark":"for %s"}"""
                        .formatted(Planted.NAME, Planted.NAME));
        await().atMost(SOON).until(() -> sent("create-order", "A1") == 1);
        server.webhook("shop", "{\"kind\":\"parcel\",\"no\":\"A1\",\"parcel\":\"p1\",\"qty\":2}");
        await().atMost(SOON).until(() -> sent("ship-order", "A1") == 1);
        long order = await().atMost(SOON)
                .until(
                        () -> server.get("/api/orders?number=A1&push=pushed")
                                .at("/items/0/id")
                                .asLong(),
                        id -> id > 0);

        // 2. The sync log tells what was received, understood, sent and answered.
        JsonNode entry = await().atMost(SOON)
                .until(
                        () -> server.get("/api/sync-log?number=A1&task=create-order&status=done")
                                .at("/items/0"),
                        found -> !found.isMissingNode());
        JsonNode whole = server.get("/api/sync-log/" + entry.path("id").asText());
        assertThat(whole.at("/received/body").asText()).contains("\"remark\"");
        assertThat(whole.at("/mapped/order/lines/0/sku").asText()).isEqualTo("MUG");
        assertThat(whole.path("request").asText()).startsWith("POST ").contains("MUG");
        assertThat(whole.path("response").asText()).startsWith("HTTP 20");

        // 3. The mapping learns to read remarks; the order goes again: an update, no second create, no second parcel.
        server.edit(
                "channels/shop.read-event.jslt",
                FIRST_MAPPING.replace("\"status\": \"paid\",", "\"status\": \"paid\", \"note\": .remark,"));
        assertThat(server.call("POST", "/api/deployments/reload", null).statusCode())
                .isEqualTo(200);
        JsonNode again = TestServer.json(server.call("POST", "/api/orders/" + order + "/republish", null));
        assertThat(again.at("/mapped").asBoolean()).isTrue();
        assertThat(again.at("/changed").asBoolean()).isTrue();
        assertThat(again.at("/facts").size()).isZero();
        await().atMost(SOON).until(() -> sent("update-order", "A1") == 1);
        assertThat(requests("update-order", "A1")
                        .get(0)
                        .body()
                        .at("/event/order/note")
                        .asText())
                .isEqualTo("for " + Planted.NAME);

        // 4. By force the parcel goes again as well, under a key of its own.
        JsonNode forced =
                TestServer.json(server.call("POST", "/api/orders/" + order + "/republish", "{\"force\":true}"));
        assertThat(forced.at("/changed").asBoolean()).isFalse();
        assertThat(forced.at("/facts/0/id").asText()).isEqualTo("p1");
        await().atMost(SOON).until(() -> sent("ship-order", "A1") == 2 && sent("update-order", "A1") == 2);
        assertThat(requests("ship-order", "A1").stream().map(Request::key).distinct())
                .hasSize(2);
        assertThat(sent("create-order", "A1")).isEqualTo(1);
        assertThat(server.get("/api/audit?action=republish").at("/items").size())
                .isEqualTo(2);

        // 5. A month later nothing personal is left anywhere, and it is not sent again.
        await().atMost(SOON).until(() -> {
            redact();
            return !server.get("/api/orders/" + order).path("redactedAt").isNull();
        });
        assertThat(new Planted(server.bean(DataSource.class)).places()).isEmpty();
        assertThat(server.get("/api/orders/" + order).path("redactedAt").isNull())
                .isFalse();
        assertThat(server.get("/api/sync-log/" + entry.path("id").asText())
                        .path("redactedAt")
                        .isNull())
                .isFalse();
        HttpResponse<String> refused = server.call("POST", "/api/orders/" + order + "/republish", null);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(TestServer.json(refused).path("code").asText()).isEqualTo("wrong-state-redacted");
        assertThat(refused.body()).contains("personal data was taken out");
    }

    @Test
    void aFailureIsAnIssueUntilItsDeliveriesGoThrough() {
        store.next("B1", Fault.REFUSE);
        server.webhook("shop", "{\"no\":\"B1\",\"who\":\"Bob\",\"sku\":\"CUP\",\"qty\":1}");
        JsonNode issue = await().atMost(SOON)
                .until(() -> server.get("/api/issues?channel=store").at("/items/0"), found -> !found.isMissingNode());
        String id = issue.path("id").asText();
        assertThat(server.call("POST", "/api/issues/" + id + "/acknowledge", null)
                        .statusCode())
                .isEqualTo(200);
        JsonNode bulk = TestServer.json(server.call("POST", "/api/deliveries/retry?issue=" + id, null));
        assertThat(bulk.path("requeued").asInt()).isEqualTo(1);
        await().atMost(SOON)
                .until(() ->
                        server.get("/api/issues/" + id).path("state").asText().equals("resolved"));
        assertThat(sent("create-order", "B1")).isEqualTo(2);
    }

    @Test
    void whatAFactCancelledIsNotSentAgainByHand() {
        server.webhook("shop", "{\"no\":\"C1\",\"who\":\"Cleo\",\"sku\":\"CUP\",\"qty\":2}");
        await().atMost(SOON)
                .until(() -> server.get("/api/orders?number=C1&push=pushed").at("/items"), found -> found.size() == 1);
        server.webhook("shop", "{\"kind\":\"cancel\",\"no\":\"C1\"}");
        await().atMost(SOON).until(() -> sent("cancel-order", "C1") == 1);
        String path = "/api/orders/"
                + server.get("/api/orders?number=C1").at("/items/0/id").asText();
        await().atMost(SOON)
                .until(() -> server.get(path).at("/deliveries").findValuesAsText("state"), states -> states.stream()
                        .allMatch("delivered"::equals));
        JsonNode before = server.get(path);
        assertThat(before.path("push").asText()).isEqualTo("cancelled");

        for (String body : List.of("{}", "{\"force\":true}")) {
            refusedAsCancelled(server.call("POST", path + "/republish", body));
            refusedAsCancelled(server.call("POST", path + "/push", body));
            JsonNode bulk = TestServer.json(server.call("POST", "/api/orders/push?number=C1", body));
            assertThat(bulk.path("matched").asInt()).isEqualTo(1);
            assertThat(bulk.path("skipped").asInt()).isEqualTo(1);
        }
        assertThat(server.get(path)).isEqualTo(before);
    }

    private static void refusedAsCancelled(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(TestServer.json(answer).path("code").asText()).isEqualTo("wrong-state-cancelled");
        assertThat(answer.body()).contains("is cancelled");
    }

    private static void redact() {
        Duration month = Duration.ofDays(30);
        new Redaction(
                        server.bean(DataSource.class),
                        Clock.offset(Clock.systemUTC(), month.plusDays(1)),
                        new Ages(month, month, month, month, month, month.multipliedBy(6)))
                .run(() -> true);
    }

    private static int sent(String operation, String order) {
        return requests(operation, order).size();
    }

    private static List<Request> requests(String operation, String order) {
        return store.requests(operation).stream()
                .filter(r -> r.body().toString().contains("\"" + order + "\""))
                .toList();
    }
}

package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.server.FakeStore.Request;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to orders by hand: tags, cancellations, facts that were withheld. All of it goes the way of what channels tell. */
class ByHandIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String POST =
            """
            # contract: 1
            - routeTemplate:
                id: market-%1$s
                parameters: [ { name: channel } ]
                route:
                  routeConfigurationId: ledger
                  from:
                    uri: "direct:{{channel}}-%1$s"
                    steps: [ { to: { id: post, uri: "direct:http-post" } } ]
            """;

    @TempDir
    static Path folder;

    private static FakeStore market;
    private static FakeStore store;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        market = new FakeStore(true);
        store = new FakeStore(true);
        server = TestServer.start(
                folder,
                Map.ofEntries(
                        Map.entry(
                                "connectors/market/connector.yaml",
                                """
                                contract: 1
                                name: market
                                title: A market that takes tags, cancellations and parcels
                                settings: { url: { type: url, required: true } }
                                idempotent: true
                                """),
                        Map.entry("connectors/market/set-tags.camel.yaml", POST.formatted("set-tags")),
                        Map.entry("connectors/market/cancel-order.camel.yaml", POST.formatted("cancel-order")),
                        Map.entry("connectors/market/ship-order.camel.yaml", POST.formatted("ship-order")),
                        Map.entry(
                                "channels/shop.yaml",
                                "connector: market\nrole: marketplace\ndestinations: [desk, store, vault]\nsettings: { url: \""
                                        + market.url() + "\" }\n"),
                        Map.entry(
                                "channels/store.yaml",
                                "connector: http\nrole: erp\norders: { as: quotation, prefix: \"E-\" }\n"
                                        + "policies: { returns: true, refunds: true, restock: true }\nsettings: { url: \""
                                        + store.url() + "\" }\n"),
                        Map.entry(
                                "channels/desk.yaml",
                                "connector: http\nrole: platform\npush: manual\nsettings: { url: \"" + store.url()
                                        + "\" }\n"),
                        Map.entry(
                                "channels/vault.yaml",
                                "connector: http\nrole: platform\nsettings: { url: \"" + store.url()
                                        + "\", checkUrl: \"" + store.checkUrl() + "\" }\n"),
                        Map.entry(
                                "rules/shop.yaml",
                                """
                                attributes:
                                  - { attribute: tags, value: Shop }
                                overwrites:
                                  vault:
                                    - { attribute: publish, when: { tags: { containsText: vip } }, then: true, otherwise: false }
                                """)));
    }

    @AfterAll
    static void stop() {
        server.close();
        market.close();
        store.close();
    }

    @Test
    void tagsGivenByHandAreDecidedOnSentAndStay() {
        String order = pushed("T1", 1);
        assertThat(tagsOf(order)).containsExactly("Shop");

        JsonNode created = sent(store, "create-order", "T1").get(0).body();
        assertThat(created.path("orders").toString())
                .isEqualTo("{\"as\":\"quotation\",\"number\":\"source\",\"prefix\":\"E-\",\"invoice\":\"none\"}");

        JsonNode done = ok(server.call("PUT", order + "/tags", "{\"tags\":[\"vip\"]}"));
        assertThat(texts(done.path("tags"))).containsExactly("vip");
        await().atMost(SOON)
                .until(() -> sent(market, "set-tags", "T1").size() == 1
                        && sent(store, "update-order", "T1").size() == 1
                        && sent(store, "create-order", "T1").size() == 2);
        assertThat(texts(sent(market, "set-tags", "T1").get(0).body().at("/event/tags")))
                .containsExactly("vip");
        assertThat(texts(sent(store, "update-order", "T1").get(0).body().at("/event/order/tags")))
                .containsExactly("vip");
        assertThat(sync(order, "vault")).isEqualTo("synced");

        // Neither the rule nor a newer state of the source brings back what a person took away.
        order("T1", 2);
        await().atMost(SOON).until(() -> sent(store, "update-order", "T1").size() >= 3);
        assertThat(tagsOf(order)).containsExactly("vip");
        assertThat(sent(market, "set-tags", "T1")).hasSize(1);

        ok(server.call("PUT", order + "/tags", "{\"tags\":[\"vip\"]}"));
        assertThat(server.get("/api/audit?action=tags&order=" + order.substring(12))
                        .at("/items"))
                .hasSize(1);
    }

    @Test
    void aCancellationByHandGoesToSourceAndDestinationsAndTakesBackWhatWaits() {
        String order = pushed("C1", 1);
        JsonNode done = ok(server.call("POST", order + "/cancel", "{\"reason\":\"sold out\"}"));
        assertThat(done.path("id").asText()).startsWith("by-hand:");
        await().atMost(SOON)
                .until(() -> sent(market, "cancel-order", "C1").size() == 1
                        && sent(store, "cancel-order", "C1").size() == 1);
        assertThat(sent(market, "cancel-order", "C1")
                        .get(0)
                        .body()
                        .at("/event/by")
                        .asText())
                .isEqualTo("merchant");
        JsonNode whole = server.get(order);
        assertThat(whole.path("push").asText()).isEqualTo("cancelled");
        assertThat(whole.at("/lines/0/cancelled").asInt()).isEqualTo(2);
        assertThat(delivery(whole, "desk", "create-order").path("state").asText())
                .isEqualTo("void");
        assertThat(delivery(whole, "desk", "cancel-order").path("state").asText())
                .isEqualTo("void");

        // The market says it back: no news. Said again by hand: refused.
        server.webhook("shop", "{\"type\":\"cancellation\",\"orderId\":\"C1\",\"id\":\"m-1\",\"by\":\"merchant\"}");
        await().atMost(SOON).until(() -> server.get(order)
                .path("events")
                .findValuesAsText("outcome")
                .contains("echo"));
        refused(server.call("POST", order + "/cancel", null), 409, "wrong-state-cancelled");
        refused(server.call("PUT", order + "/tags", "{\"tags\":[]}"), 409, "wrong-state-cancelled");
        assertThat(sent(store, "cancel-order", "C1")).hasSize(1);
    }

    @Test
    void onlyWhatIsNeitherShippedNorCancelledCanBeCancelled() {
        String order = pushed("C2", 1);
        server.webhook(
                "shop",
                """
                {"type":"shipment","orderId":"C2","id":"p1","lines":[{"id":"1","quantity":1}]}""");
        await().atMost(SOON).until(() -> sent(store, "ship-order", "C2").size() == 1);
        refused(
                server.call("POST", order + "/cancel", "{\"lines\":[{\"id\":\"1\",\"quantity\":2}]}"),
                409,
                "wrong-state");
        refused(
                server.call("POST", order + "/cancel", "{\"lines\":[{\"id\":\"9\",\"quantity\":1}]}"),
                400,
                "nothing-to-cancel");
        refused(server.call("POST", order + "/cancel", "{\"lines\":[]}"), 400, "invalid-body");
        JsonNode done = ok(server.call("POST", order + "/cancel", null));
        assertThat(done.path("lines").toString()).isEqualTo("[{\"id\":\"1\",\"quantity\":1}]");
        await().atMost(SOON).until(() -> sent(store, "cancel-order", "C2").size() == 1);
        assertThat(server.get(order).at("/lines/0/cancelled").asInt()).isEqualTo(1);
        assertThat(server.get(order).path("push").asText()).isNotEqualTo("cancelled");
        refused(server.call("POST", order + "/cancel", null), 409, "wrong-state");
    }

    @Test
    void aReturnGoesWhereThePolicySaysSoAndElsewhereOnlyByHand() {
        String order = pushed("R1", 1);
        await().atMost(SOON).until(() -> sync(order, "store").equals("synced"));
        ok(server.call("POST", order + "/push", "{\"channels\":[\"vault\"],\"force\":true}"));
        await().atMost(SOON).until(() -> sync(order, "vault").equals("synced"));
        server.webhook(
                "shop",
                """
                {"type":"return","orderId":"R1","id":"r1","refund":"12.50","lines":[{"id":"1","quantity":1}]}""");
        await().atMost(SOON).until(() -> sent(store, "return-order", "R1").size() == 1);
        JsonNode told = sent(store, "return-order", "R1").get(0).body();
        assertThat(told.at("/event/refund").asText()).isEqualTo("12.50");
        assertThat(told.path("restock").asBoolean()).isTrue();

        JsonNode withheld = delivery(server.get(order), "vault", "return-order");
        assertThat(withheld.path("state").asText()).isEqualTo("withheld");
        assertThat(withheld.path("reason").asText()).isEqualTo("policy");
        String path = "/api/deliveries/" + withheld.path("id").asText();
        assertThat(ok(server.call("POST", path + "/send", null))
                        .path("operation")
                        .asText())
                .isEqualTo("return-order");
        await().atMost(SOON).until(() -> sent(store, "return-order", "R1").size() == 2);
        JsonNode byHand = sent(store, "return-order", "R1").get(1).body();
        assertThat(byHand.path("event").has("refund")).isFalse();
        assertThat(byHand.path("restock").asBoolean(true)).isFalse();
        refused(server.call("POST", path + "/send", null), 409, "wrong-state");
        assertThat(server.get("/api/audit?action=send&order=" + order.substring(12))
                        .at("/items"))
                .hasSize(1);
    }

    @Test
    void whatAChannelCannotDoAndStatesOfOrdersAreNotSentByHand() {
        String order = pushed("R2", 1);
        JsonNode withheld = delivery(server.get(order), "vault", "create-order");
        refused(
                server.call("POST", "/api/deliveries/" + withheld.path("id").asText() + "/send", null),
                409,
                "wrong-state");
        server.webhook(
                "store", "{\"type\":\"status\",\"orderId\":\"" + idAt(order, "store") + "\",\"status\":\"packed\"}");
        JsonNode cannot = await().atMost(SOON)
                .until(
                        () -> server.get("/api/deliveries?channel=shop&reason=capability&operation=set-status")
                                .at("/items/0"),
                        found -> !found.isMissingNode());
        HttpResponse<String> answer =
                server.call("POST", "/api/deliveries/" + cannot.path("id").asText() + "/send", null);
        refused(answer, 409, "wrong-state");
        assertThat(answer.body()).contains("shop cannot set-status");
    }

    @Test
    void whatWasToldBeforeAChannelGotTheOrderFollowsItsCreate() {
        String order = pushed("R3", 1);
        server.webhook(
                "shop",
                """
                {"type":"shipment","orderId":"R3","id":"p1","lines":[{"id":"1","quantity":2}]}""");
        await().atMost(SOON).until(() -> sent(store, "ship-order", "R3").size() == 1);
        assertThat(delivery(server.get(order), "vault", "ship-order")
                        .path("reason")
                        .asText())
                .isEqualTo("not-linked");
        ok(server.call("PUT", order + "/tags", "{\"tags\":[\"vip\"]}"));
        await().atMost(SOON).until(() -> sent(store, "ship-order", "R3").size() == 2);
        assertThat(sent(store, "create-order", "R3")).hasSize(2);
        assertThat(sent(store, "ship-order", "R3")
                        .get(1)
                        .body()
                        .path("externalId")
                        .asText())
                .isEqualTo(idAt(order, "vault"));
    }

    @Test
    void aStatusWithoutATimeCountsEachTimeThatItIsNews() {
        String order = pushed("W1", 1);
        String id = idAt(order, "store");
        for (String word : List.of("pending", "paid", "pending", "pending")) {
            server.webhook(
                    "store",
                    "{\"type\":\"status\",\"orderId\":\"" + id + "\",\"status\":\"" + word + "\"}",
                    "webhook-id",
                    java.util.UUID.randomUUID().toString());
            await().atMost(SOON).until(() -> server.get("/api/receipts?channel=store&state=waiting")
                    .path("items")
                    .isEmpty());
        }
        List<String> told = new java.util.ArrayList<>();
        for (JsonNode event : server.get(order).path("events")) {
            if (event.path("type").asText().equals("status")) {
                told.add(event.path("key").asText().replaceAll("@.*", ""));
            }
        }
        assertThat(told).containsExactly("pending", "paid", "pending");
    }

    @Test
    void aCheckTellsWhatIsThereAndWhatIsNot() {
        JsonNode store = server.get("/api/channels/store/check");
        assertThat(finding(store, "settings")).isEqualTo("ok");
        assertThat(finding(store, "reachable")).isEqualTo("ok");
        assertThat(finding(store, "webhooks")).isEqualTo("warning");

        JsonNode vault = server.get("/api/channels/vault/check");
        assertThat(vault.path("state").asText()).isEqualTo("problem");
        assertThat(finding(vault, "articles")).isEqualTo("ok");
        assertThat(finding(vault, "clock")).isEqualTo("ok");
        assertThat(finding(vault, "customers")).isEqualTo("problem");
        assertThat(vault.toString()).contains("\"do\":\"Allow it.\"");
    }

    @Test
    void anArticleWithoutANameThereIsNamedByTheCheck() {
        store.next("A1", FakeStore.Fault.UNKNOWN_SKU, FakeStore.Fault.UNKNOWN_SKU);
        order("A1", 1);
        JsonNode checked = await().atMost(SOON)
                .until(() -> server.get("/api/channels/store/check"), found -> finding(found, "article MUG")
                        .equals("problem"));
        assertThat(checked.toString()).contains("routes/skus.yaml");
    }

    @Test
    void aChannelThatThereNeverWasIsRefusedAsAFilter() {
        HttpResponse<String> answer = server.call("GET", "/api/orders?channel=stroe", null);
        refused(answer, 400, "invalid-parameter");
        assertThat(answer.body()).contains("desk, shop, store, vault");
        refused(server.call("POST", "/api/deliveries/retry?channel=stroe", null), 400, "invalid-parameter");
    }

    private static String finding(JsonNode check, String what) {
        for (JsonNode finding : check.path("findings")) {
            if (finding.path("what").asText().equals(what)) {
                return finding.path("state").asText();
            }
        }
        return "none";
    }

    private static String idAt(String order, String channel) {
        for (JsonNode link : server.get(order).path("links")) {
            if (link.path("channel").asText().equals(channel)) {
                return link.path("externalId").asText();
            }
        }
        throw new AssertionError("not at " + channel);
    }

    private static void order(String id, int version) {
        server.webhook(
                "shop",
                """
                {"type":"order","order":{"id":"%s","number":"%s","status":"paid","version":"%d","currency":"USD","note":"v%d",
                 "lines":[{"id":"1","sku":"MUG","quantity":2}]}}"""
                        .formatted(id, id, version, version));
    }

    /** @return its path in the API, once the store has it */
    private static String pushed(String id, int version) {
        order(id, version);
        await().atMost(SOON).until(() -> sent(store, "create-order", id).size() == 1);
        return "/api/orders/"
                + await().atMost(SOON)
                        .until(
                                () -> server.get("/api/orders?channel=store&sync=synced&number=" + id)
                                        .at("/items/0/id")
                                        .asText(),
                                found -> !found.isEmpty());
    }

    private static List<Request> sent(FakeStore to, String operation, String order) {
        return to.requests(operation).stream()
                .filter(r -> r.body().toString().contains("\"" + order + "\""))
                .toList();
    }

    private static String sync(String order, String channel) {
        return await().atMost(SOON)
                .until(
                        () -> {
                            for (JsonNode d : server.get(order).path("destinations")) {
                                if (d.path("channel").asText().equals(channel)) {
                                    return d.path("sync").asText();
                                }
                            }
                            return "";
                        },
                        state -> state.equals("synced"));
    }

    private static JsonNode delivery(JsonNode order, String channel, String operation) {
        for (JsonNode delivery : order.path("deliveries")) {
            if (delivery.path("channel").asText().equals(channel)
                    && delivery.path("operation").asText().equals(operation)) {
                return delivery;
            }
        }
        throw new AssertionError("no " + operation + " for " + channel + " in " + order.path("deliveries"));
    }

    private static List<String> tagsOf(String order) {
        return texts(server.get(order).path("tags"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new java.util.ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.json(answer);
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(TestServer.json(answer).path("code").asText()).isEqualTo(code);
    }
}

package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.waybill.ledger.Ledger;
import io.waybill.server.FakeStore.Fault;
import io.waybill.server.FakeStore.Stored;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The use cases UC-09 to UC-13 of {@code src/docs/guide/use-cases.md}, about status mapping and SKU aliases: what a supplier says
 * in its own words reaches the shop in ours; what has no meaning, or no name there, waits, holds back nothing else, and goes out
 * by itself once it has one.
 */
class StatusMappingIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    private static FakeStore shop;
    private static FakeStore supplier;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        shop = new FakeStore(true);
        supplier = new FakeStore(true);
        Map<String, String> files = new LinkedHashMap<>();
        for (String pair : List.of("a", "b", "c", "d")) {
            files.put(
                    "channels/shop-" + pair + ".yaml",
                    channel("marketplace", shop) + "destinations: [sup-" + pair + "]\n");
            files.put("channels/sup-" + pair + ".yaml", channel("supplier", supplier));
        }
        files.put("channels/shop-e.yaml", channel("marketplace", shop) + "destinations: [sup-e]\n");
        files.put("channels/sup-e.yaml", channel("supplier", supplier) + "  findUrl: " + supplier.findUrl() + "\n");
        files.put("statuses/asked.yaml", ASKED);
        files.put("statuses/held.yaml", HELD);
        server = TestServer.shared(files);
    }

    @AfterAll
    static void stop() {
        shop.close();
        supplier.close();
    }

    private static String channel(String role, FakeStore store) {
        return "connector: http\nrole: " + role + "\nsettings:\n  url: " + store.url() + "\n";
    }

    private static final String HELD =
            """
            # Olga keeps this one.
            from: sup-b
            to: shop-b
            statuses: [Shipped]
            map:
              Shipped: shipped   # left the house
              Printed: processing
            """;

    private static final String ASKED =
            """
            from: sup-e
            to: shop-e
            statuses: [picked, sent]
            map: { sent: shipped, picked: processing }
            """;

    @Test
    @DisplayName(
            "UC-09 A status configuration is proposed, looked over, written and run twice; the second run changes nothing")
    void buildsAConfigurationByAutoMapAndRunsItTwice() {
        String there = pushed("shop-a", "A-1", "MUG");
        tell("sup-a", there, "In Transit");
        await().atMost(SOON)
                .until(() -> delivery("state=delivered&operation=set-status&channel=shop-a"), d -> d != null);
        assertThat(told("A-1")).as("nothing is configured: as it was told").containsExactly("In Transit");

        JsonNode proposal =
                post("/api/status-mappings/sup-to-shop/auto-map", "{\"from\":\"sup-a\",\"to\":\"shop-a\"}", 200);
        JsonNode word = proposal.at("/proposals/0");
        assertThat(word.path("status").asText()).isEqualTo("In Transit");
        assertThat(word.path("to").asText()).isEqualTo("shipped");
        assertThat(word.path("confidence").asDouble()).isBetween(0.5, 0.9);
        assertThat(server.get("/api/status-mappings").toString())
                .as("nothing is applied unseen")
                .doesNotContain("sup-to-shop");

        JsonNode made = send(
                "PUT",
                "/api/status-mappings/sup-to-shop",
                proposal.path("draft").toString(),
                201);
        assertThat(made.at("/map/In Transit").asText()).isEqualTo("shipped");

        JsonNode first = post("/api/status-mappings/sup-to-shop/run", null, 200);
        assertThat(first.path("state").asText()).as(first.toString()).isEqualTo("done");
        assertThat(first.at("/counts/changed").asInt()).as(first.toString()).isEqualTo(1);
        assertThat(first.at("/changed/0/number").asText()).isEqualTo("#A-1");
        assertThat(server.get("/api/sync-log/run-" + first.path("run").asText())
                        .at("/detail/changed/0/number")
                        .asText())
                .isEqualTo("#A-1");
        JsonNode atOnce = post("/api/status-mappings/sup-to-shop/run", null, 200);
        assertThat(atOnce.at("/counts/changed").asInt()).as(atOnce.toString()).isZero();
        await().atMost(SOON).until(() -> told("A-1").equals(List.of("In Transit", "shipped")));
        JsonNode second = post("/api/status-mappings/sup-to-shop/run", null, 200);
        assertThat(second.at("/counts/looked").asInt()).isEqualTo(1);
        assertThat(second.at("/counts/unchanged").asInt()).as(second.toString()).isEqualTo(1);
        assertThat(told("A-1")).hasSize(2);
        assertThat(server.get("/api/audit?action=add-status-mapping").toString())
                .contains("sup-to-shop");
    }

    @Test
    @DisplayName(
            "UC-10 A status without a meaning waits and is an issue; a shipment passes it; an edit of the file lets it go")
    void holdsAnUnmappedStatusUntilTheMapIsMended() {
        String there = pushed("shop-b", "B-1", "MUG");
        tell("sup-b", there, "Printed");
        tell("sup-b", there, "Handed over");
        JsonNode held = await().atMost(SOON)
                .until(() -> delivery("state=waiting&reason=awaiting-mapping&channel=shop-b"), d -> d != null);
        assertThat(held.path("error").asText())
                .contains("Handed over")
                .contains("sup-b")
                .contains("routes/statuses/held.yaml");
        await().atMost(SOON).until(() -> server.get("/api/issues").toString().contains("status-unmapped"));
        server.webhook(
                "sup-b",
                """
                {"type":"shipment","orderId":"%s","id":"s1","at":"2026-11-21T10:00:00Z","carrier":"UPS","trackingNumber":"1Z",
                 "lines":[{"id":"1","quantity":1}]}"""
                        .formatted(there));
        await().atMost(SOON).until(() -> shop.requests("ship-order").stream()
                .anyMatch(r -> r.body().path("externalId").asText().equals("B-1")));
        assertThat(told("B-1")).isEmpty();
        JsonNode run = post("/api/status-mappings/held/run", null, 200);
        assertThat(run.at("/counts/unmapped").asInt()).as(run.toString()).isEqualTo(1);
        assertThat(run.at("/unmapped/0/status").asText()).isEqualTo("Handed over");

        server.edit(
                "statuses/held.yaml", HELD.replace("[Shipped]", "[Shipped, Handed over]") + "  Handed over: shipped\n");
        await().atMost(SOON).until(() -> told("B-1").equals(List.of("shipped")));
        assertThat(delivery("state=withheld&channel=shop-b").path("reason").asText())
                .as("printed is known, and nobody chose it")
                .isEqualTo("rule");

        tell("shop-b", "B-1", "shipped");
        tell("shop-b", "B-1", "refunded");
        await().atMost(SOON).until(() -> told(there).equals(List.of("refunded")));
    }

    @Test
    void statusesWithoutATimeCountInTheOrderInWhichTheyCame() {
        String there = pushed("shop-b", "B-2", "MUG");
        long order = server.get("/api/orders?number=%23B-2").at("/items/0/id").asLong();
        String status = "{\"type\":\"status\",\"orderId\":\"" + there + "\",\"status\":\"%s\"}";

        server.webhook("sup-b", "[" + status.formatted("Printed") + "," + status.formatted("Packed") + "]");

        await().atMost(SOON).until(() -> server.bean(Ledger.class).statusSaid(order, "sup-b"), "Packed"::equals);
    }

    @Test
    @DisplayName("UC-11 An article that the supplier does not know waits until it has an alias")
    void holdsAnUnknownSkuUntilItHasAnAlias() {
        supplier.next("C-1", Fault.UNKNOWN_SKU);
        order("shop-c", "C-1", "MUG-NEW");
        await().atMost(SOON)
                .until(() -> delivery("state=waiting&reason=awaiting-mapping&channel=sup-c"), d -> d != null);
        assertThat(stored("C-1")).isNull();

        send("PUT", "/api/skus", "{\"sup-c\":{\"MUG-NEW\":\"007\"}}", 200);
        await().atMost(SOON).until(() -> stored("C-1"), s -> s != null);
        assertThat(stored("C-1").order().at("/lines/0/sku").asText()).isEqualTo("007");
        assertThat(server.get("/api/skus").at("/sup-c/MUG-NEW").asText()).isEqualTo("007");
        assertThat(send("PUT", "/api/skus", "{\"nowhere\":{\"A\":\"B\"}}", 422)
                        .at("/findings/0/code")
                        .asText())
                .isEqualTo("unknown-channel");
    }

    @Test
    @DisplayName("UC-12 A supplier that says nothing by itself is asked")
    void asksASupplierThatSaysNothingByItself() {
        String there = pushed("shop-e", "E-1", "MUG");
        assertThat(post("/api/status-mappings/asked/run", null, 200)
                        .at("/counts/unchanged")
                        .asInt())
                .isEqualTo(1);
        supplier.status(there, "picked");
        assertThat(post("/api/status-mappings/asked/run", null, 200)
                        .at("/counts/changed")
                        .asInt())
                .isEqualTo(1);
        await().atMost(SOON).until(() -> told("E-1").equals(List.of("processing")));
        supplier.status(there, "sent");
        assertThat(post("/api/status-mappings/asked/run", null, 200)
                        .at("/counts/changed")
                        .asInt())
                .isEqualTo(1);
        assertThat(post("/api/status-mappings/asked/run", null, 200)
                        .at("/counts/changed")
                        .asInt())
                .isZero();
        await().atMost(SOON).until(() -> told("E-1").equals(List.of("processing", "shipped")));
        assertThat(post("/api/status-mappings/asked/run", null, 200)
                        .at("/counts/unchanged")
                        .asInt())
                .isEqualTo(1);
        assertThat(server.get("/api/receipts?state=conflict&channel=sup-e").path("items"))
                .isEmpty();
    }

    @Test
    @DisplayName("UC-13 Status files are edited by the API, whole or not at all")
    void editsFilesWholeOrNotAtAll() throws IOException {
        String path = "/api/status-mappings/edited";
        String body =
                """
                {"from":"sup-d","to":"shop-d","statuses":["Sent"],"map":{"Sent":"shipped"},"every":"90m"}""";
        assertThat(send("PUT", path, body.replace("[\"Sent\"]", "[]"), 422)
                        .path("detail")
                        .asText())
                .contains("no status is synchronised");
        assertThat(server.file("statuses/edited.yaml")).doesNotExist();
        send("POST", "/api/status-mappings", body, 400);
        send("PUT", path, body, 201);
        send("POST", "/api/status-mappings", body.replaceFirst("\\{", "{\"name\":\"edited\","), 409);

        Path file = server.file("statuses/edited.yaml");
        Files.writeString(file, "# Mine.\n" + Files.readString(file));
        JsonNode changed = send("PUT", path, body.replace("90m", "60m"), 200);
        assertThat(changed.path("every").asText()).isEqualTo("1h");
        send("POST", path + "/rename", "{\"name\":\"renamed\"}", 200);
        assertThat(file).doesNotExist();
        assertThat(server.file("statuses/renamed.yaml"))
                .content()
                .startsWith("# Mine.")
                .contains("every: 1h");
        send("GET", path, null, 404);

        readOnly(server.file("statuses"), () -> {
            JsonNode refused = send("DELETE", "/api/status-mappings/renamed", null, 409);
            assertThat(refused.path("code").asText()).isEqualTo("routes-read-only");
        });
        send("DELETE", "/api/status-mappings/renamed", null, 204);
        assertThat(server.get("/api/status-mappings").toString()).doesNotContain("renamed");
    }

    private static void readOnly(Path directory, Runnable work) throws IOException {
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            work.run();
        } finally {
            Files.setPosixFilePermissions(directory, before);
        }
    }

    private static void order(String channel, String id, String sku) {
        server.webhook(
                channel,
                """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"paid","currency":"EUR",
                 "lines":[{"id":"1","sku":"%s","quantity":1,"price":"5.00"}],"totals":{"total":"5.00"}}}"""
                        .formatted(id, id, sku));
    }

    /** @return its id at the supplier */
    private static String pushed(String channel, String id, String sku) {
        order(channel, id, sku);
        Stored stored = await().atMost(SOON).until(() -> stored(id), s -> s != null);
        await().atMost(SOON).until(() -> server.get("/api/orders?number=" + id)
                .at("/items/0/push")
                .asText()
                .equals("pushed"));
        return stored.id();
    }

    private static void tell(String channel, String orderId, String word) {
        server.webhook(channel, "{\"type\":\"status\",\"orderId\":\"%s\",\"status\":\"%s\"}".formatted(orderId, word));
    }

    private static @Nullable Stored stored(String id) {
        return supplier.orders().stream()
                .filter(o -> o.sourceId().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The words that went to whoever has the order under this id. */
    private static List<String> told(String externalId) {
        return java.util.stream.Stream.of(shop, supplier)
                .flatMap(store -> store.requests("set-status").stream())
                .filter(r -> r.body().path("externalId").asText().equals(externalId))
                .map(r -> r.body().at("/event/status").asText())
                .toList();
    }

    private static @Nullable JsonNode delivery(String filter) {
        JsonNode items = server.get("/api/deliveries?" + filter).path("items");
        return items.isEmpty() ? null : items.get(0);
    }

    private static JsonNode post(String path, @Nullable String body, int status) {
        return send("POST", path, body, status);
    }

    private static JsonNode send(String method, String path, @Nullable String body, int status) {
        HttpResponse<String> answer = server.call(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body().isEmpty() ? NullNode.getInstance() : TestServer.json(answer);
    }
}

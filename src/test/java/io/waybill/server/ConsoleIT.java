package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do to a running server: shadow mode, rules applied to orders of the past. */
class ConsoleIT {
    private static final String RULES =
            """
            overwrites:
              store:
                - { attribute: publish, when: { order.lines.sku: { startsWith: GIFT- } }, then: false, otherwise: true }
            """;
    private static final String DRAFT =
            """
            attributes:
              - { attribute: tags, value: Again }
            """;

    @TempDir
    static Path folder;

    private static FakeStore store;
    private static FakeStore dark;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException {
        store = new FakeStore(true);
        dark = new FakeStore(true);
        server = TestServer.start(
                folder,
                Map.of(
                        "channels/shop.yaml",
                        "connector: http\ntitle: Shop\nrole: marketplace\n",
                        "channels/store.yaml",
                        channel("Store", "erp", store),
                        "channels/dark.yaml",
                        channel("Dark", "platform", dark),
                        "rules/shop.yaml",
                        RULES));
    }

    private static String channel(String title, String role, FakeStore at) {
        return "connector: http\ntitle: " + title + "\nrole: " + role + "\nsettings: { url: \"" + at.url() + "\" }\n";
    }

    @AfterAll
    static void stop() {
        server.close();
        store.close();
        dark.close();
    }

    @Test
    void aChannelInShadowModeIsSentNothingUntilAPersonPushes() {
        shadow(true);
        long first = received("sh1", "MUG");
        JsonNode withheld = await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> server.get("/api/deliveries?channel=dark&order=" + first)
                                .at("/items/0"),
                        row -> !server.get("/api/deliveries/" + row.path("id").asLong())
                                .path("request")
                                .isNull());

        assertThat(withheld.path("state").asText()).isEqualTo("withheld");
        assertThat(withheld.path("reason").asText()).isEqualTo("shadow");
        JsonNode whole = server.get("/api/deliveries/" + withheld.path("id").asLong());
        assertThat(whole.path("request").asText())
                .startsWith("POST " + dark.url())
                .contains("\"operation\":\"create-order\"", "\"sku\":\"MUG\"");
        assertThat(whole.at("/tries/0/outcome").asText()).isEqualTo("shadow");
        assertThat(server.get("/api/sync-log?number=sh1&channel=dark")
                        .at("/items/0/status")
                        .asText())
                .isEqualTo("skipped");
        assertThat(server.get("/api/channels/dark").path("shadow").asBoolean()).isTrue();

        shadow(false);
        received("sh2", "MUG");
        await().atMost(Duration.ofSeconds(40)).until(() -> dark.orders().size() == 1);
        assertThat(dark.requests())
                .as("what was withheld does not go by itself")
                .allSatisfy(request -> assertThat(
                                request.body().at("/event/order/id").asText())
                        .isNotEqualTo("sh1"));

        server.call("POST", "/api/orders/" + first + "/push", "{\"channels\":[\"dark\"]}");
        await().atMost(Duration.ofSeconds(40)).until(() -> dark.orders().size() == 2);
        assertThat(server.get("/api/deliveries/" + withheld.path("id").asLong())
                        .path("state")
                        .asText())
                .isEqualTo("superseded");
        assertThat(server.get("/api/audit?action=shadow").path("items")).hasSize(2);
    }

    private static void shadow(boolean on) {
        HttpResponse<String> answer = server.call("POST", "/api/channels/dark/shadow", "{\"shadow\":" + on + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void rulesAreAppliedToTheOrdersThatWereCountedAndToNoOthers() throws Exception {
        received("ap-mug", "MUG");
        received("ap-gift", "GIFT-1");
        await().atMost(Duration.ofSeconds(40)).until(() -> created("ap-mug") == 1);

        JsonNode preview = applied(null);
        assertThat(preview.path("orders").asLong()).isEqualTo(2);
        assertThat(preview.path("changing").asLong()).isEqualTo(2);
        assertThat(preview.path("applied").asBoolean()).isFalse();
        JsonNode toStore = preview.at("/destinations/0");
        assertThat(toStore.path("channel").asText()).isEqualTo("store");
        assertThat(toStore.path("published").asLong()).as("the gift").isEqualTo(1);
        assertThat(toStore.path("otherwise").asLong())
                .as("the mug, with its tag")
                .isEqualTo(1);

        HttpResponse<String> wrong = apply(1L);
        assertThat(wrong.statusCode()).isEqualTo(409);
        assertThat(TestServer.json(wrong).path("code").asText()).isEqualTo("count-conflict");

        assertThat(applied(2L).path("changed").asLong()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(40)).until(() -> created("ap-gift") == 1 && tagged("ap-mug"));
        assertThat(created("ap-mug")).as("updated, not created again").isEqualTo(1);
        assertThat(applied(null).path("changing").asLong())
                .as("asked again, nothing is left")
                .isZero();
        assertThat(server.get("/api/audit?action=apply-rules").path("items")).hasSize(3);
        assertThat(server.get("/api/orders?tag=Again").path("items")).hasSize(2);

        Path draft = Files.writeString(folder.resolve("shop.yaml"), DRAFT);
        assertThat(cli(draft.toString(), "--destination", "hand")).isEqualTo(2);
        assertThat(cli(draft.toString(), "--destination", "store", "--json")).isEqualTo(0);
        assertThat(cli(draft.toString(), "--expect", "1000000")).isEqualTo(2);
    }

    private static long created(String id) {
        return store.requests("create-order").stream()
                .filter(r -> r.body().at("/event/order/id").asText().equals(id))
                .count();
    }

    private static boolean tagged(String id) {
        return store.orders().stream()
                .anyMatch(o -> o.sourceId().equals(id)
                        && o.order().path("tags").toString().contains("Again"));
    }

    private static JsonNode applied(@org.jspecify.annotations.Nullable Long expect) {
        HttpResponse<String> answer = apply(expect);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.json(answer);
    }

    private static HttpResponse<String> apply(@org.jspecify.annotations.Nullable Long expect) {
        ObjectNode body = EventJson.MAPPER.createObjectNode();
        body.putObject("rules").put("shop", DRAFT);
        body.putArray("destinations").add("store");
        if (expect != null) {
            body.put("expect", expect);
        }
        return server.call("POST", "/api/rules/apply?q=ap-", body.toString());
    }

    private static int cli(String... more) {
        String[] always = {
            "rules",
            "apply",
            "--port",
            Integer.toString(java.net.URI.create(server.url("/")).getPort()),
            "--admin-token",
            TestServer.TOKEN
        };
        return io.waybill.cli.Cli.run(
                ConsoleIT.class,
                Stream.concat(Stream.of(always), Stream.of(more)).toArray(String[]::new));
    }

    private static long received(String id, String sku) {
        server.webhook("shop", order(id, sku).toString());
        return await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> server.get("/api/orders?number=" + id)
                                .at("/items/0/id")
                                .asLong(),
                        found -> found > 0);
    }

    private static JsonNode order(String id, String sku) {
        return EventJson.tree(
                """
                {"type":"order","order":{"id":"%s","number":"%s","status":"paid","currency":"USD",
                 "lines":[{"id":"1","sku":"%s","quantity":2,"price":"12.50"}]}}"""
                        .formatted(id, id, sku)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}

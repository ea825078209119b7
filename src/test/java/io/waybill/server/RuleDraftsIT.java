package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules tried on a server's own orders, by API and command line. Nothing is ever sent: a person would have to push. */
class RuleDraftsIT {
    private static final String RULES =
            """
            overwrites:
              store:
                - { attribute: publish, of: line, when: { line.sku: { startsWith: GIFT- } }, then: false, otherwise: true }
            """;
    private static final String DRAFT =
            """
            attributes:
              - { attribute: tags, value: Draft }
              - { attribute: tags, when: { order.lines.sku: { equals: MUG, exactly: true } }, then: mug }
              - { attribute: tags, when: { order.currency: { equals: EUR } }, then: euro }
              - { attribute: tags, when: { order.currency: { equals: USD } }, then: dollar }
            overwrites:
              shop:
                - { attribute: publish, value: false }
              store:
                - { attribute: publish, when: { order.lines.sku: { equals: mug } }, then: false, otherwise: true }
            """;

    @TempDir
    static Path folder;

    private static TestServer server;
    private static long mug;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                folder,
                Map.of(
                        "channels/shop.yaml",
                        "connector: http\ntitle: Shop\nrole: marketplace\n",
                        "channels/store.yaml",
                        "connector: http\ntitle: Store\nrole: erp\nsettings: { url: \"http://127.0.0.1:1\" }\npush: manual\n",
                        "rules/shop.yaml",
                        RULES));
        mug = received("m1", "mug");
        received("g1", "GIFT-1");
        received("c1", "CUP");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aDryRunTellsWhatWouldChangeAndWhy() {
        JsonNode before = server.get("/api/orders/" + mug);
        JsonNode answer = asked("dry-run", question(DRAFT).put("order", mug));

        assertThat(answer.path("order").asLong()).isEqualTo(mug);
        assertThat(answer.path("tags").toString()).isEqualTo("[\"Draft\",\"dollar\"]");
        assertThat(answer.path("tagsNow").toString()).isEqualTo("[]");
        JsonNode store = answer.at("/destinations/0");
        assertThat(store.path("channel").asText()).isEqualTo("store");
        assertThat(store.path("changes").asBoolean()).isTrue();
        assertThat(store.at("/now/verdict").asText()).isEqualTo("publish");
        assertThat(store.at("/draft/verdict").asText()).isEqualTo("rule");
        assertThat(store.at("/draft/reason").asText()).contains("rule 1 under overwrites.store says publish: false");
        assertThat(store.at("/draft/trace")).hasSize(5);
        assertThat(answer.path("nearMisses").toString()).contains("rule 2 under attributes nearly held");
        assertThat(server.get("/api/orders/" + mug)).as("nothing changed").isEqualTo(before);
    }

    @Test
    void aDryRunTakesAnOrderThatNobodySentYet() {
        ObjectNode question = question(DRAFT).put("channel", "shop");
        question.set("order", order("x1", "GIFT-9").path("order"));
        JsonNode answer = asked("dry-run", question);

        assertThat(answer.path("order").isNull()).isTrue();
        assertThat(answer.at("/destinations/0/now/verdict").asText()).isEqualTo("rule");
        assertThat(answer.at("/destinations/0/draft/verdict").asText()).isEqualTo("publish");
    }

    @Test
    void aDryRunTakesWhatHappensToAnOrder() {
        ObjectNode question = question(DRAFT).put("order", mug);
        question.putObject("event").put("type", "cancellation").put("id", "c1");
        JsonNode answer = asked("dry-run", question);

        assertThat(answer.at("/destinations/0/draft/operation").asText()).isEqualTo("cancel-order");
    }

    @Test
    void withoutDraftsTheRulesThatServeAreAsked() {
        JsonNode answer = asked("dry-run", EventJson.MAPPER.createObjectNode().put("order", mug));

        assertThat(answer.at("/destinations/0/changes").asBoolean()).isFalse();
    }

    @Test
    void draftsWithMistakesAreRefusedWithLineAndFix() {
        HttpResponse<String> answer = call("dry-run", question("attributes:\n  - { attribute: tagz, value: a }\n"));

        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode problem = TestServer.json(answer);
        assertThat(problem.path("code").asText()).isEqualTo("rules-refused");
        assertThat(problem.at("/findings/0/file").asText()).isEqualTo("rules/shop.yaml");
        assertThat(problem.at("/findings/0/line").asInt()).isEqualTo(2);
        assertThat(problem.at("/findings/0/fix").asText()).contains("tags");
    }

    @Test
    void draftsOfNobodysChannelAreRefused() {
        ObjectNode question = EventJson.MAPPER.createObjectNode().put("order", mug);
        question.putObject("rules").put("shoop", "{}");

        assertThat(call("dry-run", question).statusCode()).isEqualTo(422);
    }

    @Test
    void questionsThatCannotBeMeantAreRefused() {
        ObjectNode given = question(DRAFT).put("channel", "shop");
        given.putObject("order").put("id", "1").put("colour", "red");

        assertThat(call("dry-run", question(DRAFT)).statusCode()).isEqualTo(400);
        assertThat(call("dry-run", given).statusCode()).isEqualTo(400);
        assertThat(call("dry-run", question(DRAFT).put("order", 1)).statusCode())
                .isEqualTo(404);
        assertThat(call("back-test", EventJson.MAPPER.createObjectNode()).statusCode())
                .isEqualTo(400);
        assertThat(call("back-test", question(DRAFT).put("days", 0)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aBackTestTellsWhatWouldChangeAndHowRulesFare() {
        JsonNode report = asked("back-test", question(DRAFT).put("days", 1).put("listed", 2));

        assertThat(report.path("orders").asLong()).isEqualTo(3);
        assertThat(report.path("changed").asLong()).isEqualTo(3);
        JsonNode store = report.at("/destinations/0");
        assertThat(store.path("decisions").asLong()).isEqualTo(3);
        assertThat(store.path("publishedInstead").asLong()).as("the gift").isEqualTo(1);
        assertThat(store.path("withheldInstead").asLong()).as("the mug").isEqualTo(1);
        assertThat(store.path("otherwise").asLong()).as("the cup, with tags").isEqualTo(1);
        assertThat(report.path("changes")).hasSize(2);
        assertThat(report.at("/rules/shop").findValuesAsText("standing"))
                .containsExactly("constant", "never", "never", "always", "unreached", "sometimes");
    }

    @Test
    void theSameRulesChangeNothing() {
        JsonNode report = asked("back-test", question(RULES));

        assertThat(report.path("changed").asLong()).isZero();
        assertThat(report.path("changes")).isEmpty();
    }

    @Test
    void theCommandLineAsksTheServer() throws Exception {
        Path draft = Files.writeString(folder.resolve("shop.yaml"), DRAFT);
        Path order = Files.writeString(
                folder.resolve("order.json"), order("y1", "CUP").path("order").toString());

        assertThat(cli("dry-run", draft, "--order", Long.toString(mug))).isEqualTo(0);
        assertThat(cli("dry-run", draft, "--order", order.toString(), "--json")).isEqualTo(0);
        assertThat(cli("back-test", draft, "--days", "1")).isEqualTo(0);
        Files.writeString(draft, "attributes: x\n");
        assertThat(cli("back-test", draft)).isEqualTo(1);
        assertThat(cli("dry-run", folder.resolve("nowhere.yaml"), "--order", "1"))
                .isEqualTo(2);
    }

    private static int cli(String command, Path draft, String... more) {
        String[] always = {
            "rules",
            command,
            draft.toString(),
            "--port",
            Integer.toString(java.net.URI.create(server.url("/")).getPort()),
            "--admin-token",
            TestServer.TOKEN
        };
        return io.waybill.cli.Cli.run(
                RuleDraftsIT.class,
                java.util.stream.Stream.concat(java.util.Arrays.stream(always), java.util.Arrays.stream(more))
                        .toArray(String[]::new));
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
                 "lines":[{"id":"1","sku":"%s","quantity":1,"price":"12.50"}]}}"""
                        .formatted(id, id, sku)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static ObjectNode question(String rules) {
        ObjectNode question = EventJson.MAPPER.createObjectNode();
        question.putObject("rules").put("shop", rules);
        return question;
    }

    private static JsonNode asked(String call, ObjectNode question) {
        HttpResponse<String> answer = call(call, question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.json(answer);
    }

    private static HttpResponse<String> call(String call, ObjectNode question) {
        return server.call("POST", "/api/rules/" + call, question.toString());
    }
}

package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.WaybillServer;
import io.waybill.ops.postgres.Database;
import io.waybill.server.FakeStore.Stored;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole servers on one PostgreSQL, each with a folder of its own: one ledger, one version, one schedule. */
class SeveralServersIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static FakeStore store;
    private static TestServer one;
    private static TestServer two;

    @BeforeAll
    static void start() throws Exception {
        store = new FakeStore(true);
        one = server("one", Map.of());
        Database database = one.bean(Database.class);
        two = server(
                "two",
                Map.of(
                        "waybill.database.url", database.url(),
                        "waybill.database.user", database.user(),
                        "waybill.database.password", database.password()));
    }

    private static TestServer server(String name, Map<String, Object> database) {
        Map<String, Object> settings = new LinkedHashMap<>(database);
        settings.put("waybill.flow.node", name);
        settings.put(TestServer.SCHEDULER, "waybill-several");
        settings.put("waybill.quiet", "100ms");
        settings.put("waybill.database.pool", "8");
        return TestServer.start(
                folder.resolve(name),
                Map.of(
                        "channels/shop.yaml",
                        channel("marketplace", ""),
                        "channels/store.yaml",
                        channel("erp", store.url()),
                        "channels/polled.yaml",
                        polled("cron: \"* * * * * ?\""),
                        "channels/paced.yaml",
                        polled("every: 6h")),
                settings);
    }

    private static String channel(String role, String url) {
        return "connector: http\ntitle: Channel\nrole: " + role + "\n"
                + (url.isEmpty() ? "" : "settings: { url: \"" + url + "\" }\n");
    }

    private static String polled(String pace) {
        return "connector: http\ntitle: Polled\nrole: supplier\nsettings: { pollUrl: \"" + store.url() + "\" }\n"
                + "tasks:\n  import-orders: { " + pace + " }\n";
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
        store.close();
    }

    @Test
    void whatEitherTakesIsDeliveredOnce() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            String id = "both-" + number;
            TestServer taker = number % 2 == 0 ? one : two;
            assertThat(taker.webhook("shop", order(id)).statusCode()).isEqualTo(202);
            ids.add(id);
        }

        await().atMost(SOON).until(() -> delivered().containsAll(ids));
        assertThat(delivered()).doesNotHaveDuplicates();
    }

    @Test
    void anEditInOneFolderServesOnBoth() {
        one.edit("channels/later.yaml", channel("marketplace", ""));

        await().atMost(SOON).until(() -> two.webhook("later", order("later-1")).statusCode() == 202);
        await().atMost(SOON).until(() -> one.webhook("later", order("later-2")).statusCode() == 202);
        assertThat(one.get("/api/deployments").path("drift").asBoolean()).isFalse();
        assertThat(two.get("/api/deployments").path("drift").asBoolean())
                .as("its own folder stays as it was")
                .isTrue();
    }

    @Test
    void tellsTheServersAndTheVersionsWithTheirDifference() {
        one.edit("channels/told.yaml", channel("marketplace", ""));
        await().atMost(SOON).until(() -> two.webhook("told", order("told-1")).statusCode() == 202);
        await().atMost(SOON).until(() -> detail(one, "deployment").equals(detail(two, "deployment")));

        JsonNode told = two.get("/api/deployments");
        assertThat(names(told)).containsExactly("one", "two");
        JsonNode version = version("channels/told.yaml");
        assertThat(version.path("via").asText()).isEqualTo("folder");
        assertThat(version.path("node").asText()).isEqualTo("one");
        JsonNode whole = two.get("/api/deployments/" + version.path("id").asText());
        assertThat(whole.path("diff").asText())
                .contains("--- /dev/null\n+++ channels/told.yaml\n@@ -0,0 +1,3 @@\n+connector: http\n");
        assertThat(one.get("/actuator/health")
                        .at("/components/deployment/details/deployment")
                        .asLong())
                .isEqualTo(told.path("id").asLong());
    }

    @Test
    void goesBackToAnyVersionByApiAndCommandLine() {
        String before = one.get("/api/deployments").path("id").asText();
        one.edit("channels/brief.yaml", channel("marketplace", ""));
        await().atMost(SOON).until(() -> one.webhook("brief", order("brief-1")).statusCode() == 202);
        await().atMost(SOON).until(() -> detail(one, "deployment").equals(detail(two, "deployment")));

        assertThat(two.call("POST", "/api/deployments/" + before + "/rollback", null)
                        .statusCode())
                .isEqualTo(200);
        await().atMost(SOON).until(() -> one.webhook("brief", order("brief-2")).statusCode() == 404);
        assertThat(two.get("/api/audit?action=rollback").toString()).contains("deployment");
        assertThat(two.call("POST", "/api/deployments/99999/rollback", null).statusCode())
                .isEqualTo(404);

        assertThat(cli("reload")).isZero();
        await().atMost(SOON).until(() -> two.webhook("brief", order("brief-3")).statusCode() == 202);
        assertThat(cli("reload", "--rollback=99999")).isEqualTo(2);
    }

    @Test
    void eachTimeOfATaskRunsOnce() {
        await().atMost(SOON).until(() -> runs().size() >= 8);
        List<Instant> starts = runs();
        Duration spent = Duration.between(starts.get(starts.size() - 1), starts.get(0));
        assertThat((long) starts.size())
                .as("runs from %s to %s", starts.get(starts.size() - 1), starts.get(0))
                .isLessThanOrEqualTo(spent.toSeconds() + 2);
    }

    @Test
    void aPauseHoldsOnBoth() {
        assertThat(one.call("POST", "/api/channels/store/pause", null).statusCode())
                .isEqualTo(200);
        try {
            await().atMost(SOON).until(() -> two.get("/actuator/health")
                    .at("/components/channels/details/paused")
                    .toString()
                    .contains("store"));
        } finally {
            one.call("POST", "/api/channels/store/resume", null);
        }
    }

    @Test
    void aTasksSwitchHoldsUntilTheFileSaysSomethingElse() {
        String task = "/api/channels/paced/tasks/import-orders";
        assertThat(two.call("PUT", task, "{\"every\": \"2h\", \"enabled\": false}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(two.call("PUT", task, "{\"every\": \"0s\"}").statusCode()).isEqualTo(400);
        assertThat(two.call("PUT", task.replace("orders", "moons"), "{\"enabled\": true}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(one.get("/api/channels/paced").path("switches").toString())
                .contains("task.import-orders.every", "2h", "task.import-orders.enabled", "\"by\":\"admin\"");
        assertThat(one.call("POST", task + "/run", null).statusCode()).isEqualTo(202);

        one.edit("channels/paced.yaml", polled("every: 3h"));
        await().atMost(SOON).until(() -> !switches().contains("every"));
        assertThat(switches()).as("the file says the same of it").contains("enabled");
    }

    private static String switches() {
        return two.get("/api/channels/paced").path("switches").toString();
    }

    private static int cli(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--port=" + URI.create(one.url("/")).getPort());
        arguments.add("--admin-token=" + TestServer.TOKEN);
        arguments.addAll(List.of(more));
        return io.waybill.cli.Cli.run(WaybillServer.class, arguments.toArray(String[]::new));
    }

    /** Newest first. */
    private static List<Instant> runs() {
        return StreamSupport.stream(
                        one.get("/api/sync-log?channel=polled&limit=200")
                                .path("items")
                                .spliterator(),
                        false)
                .map(run -> Instant.parse(run.path("startedAt").asText()))
                .toList();
    }

    private static List<String> delivered() {
        return store.orders().stream()
                .map(Stored::sourceId)
                .filter(id -> id.startsWith("both-"))
                .toList();
    }

    private static List<String> names(JsonNode deployments) {
        return StreamSupport.stream(deployments.path("nodes").spliterator(), false)
                .filter(node -> node.path("alive").asBoolean())
                .map(node -> node.path("name").asText())
                .toList();
    }

    private static String detail(TestServer server, String word) {
        return server.get("/actuator/health")
                .at("/components/deployment/details/" + word)
                .asText();
    }

    private static JsonNode version(String path) {
        return StreamSupport.stream(two.get("/api/deployments").path("items").spliterator(), false)
                .filter(item -> item.path("changes").toString().contains(path))
                .findFirst()
                .orElseThrow();
    }

    private static String order(String id) {
        return """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"paid","version":1,"currency":"USD",
                "lines":[{"id":"1","sku":"MUG","quantity":2,"price":"12.50"}],"totals":{"total":"25.00"}}}"""
                .formatted(id, id);
    }
}

package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.WaybillServer;
import io.waybill.cli.Cli;
import io.waybill.ops.postgres.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server's ledger goes to another major version of PostgreSQL, by the way that the refusal of its folder names. */
class BackupIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    /** Keeps no keys: whatever is sent twice is there twice. */
    private FakeStore store;

    @BeforeEach
    void open() throws Exception {
        store = new FakeStore(false);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void carriesOnElsewhereAndSendsNothingTwice() throws Exception {
        Path export = folder.resolve("all.zip");
        try (TestServer before = TestServer.start(folder, files())) {
            before.webhook("shop", order("1"), "webhook-id", "first");
            await().atMost(SOON).until(() -> synced(before) == 1);
            before.call("POST", "/api/channels/store/pause", null);
            before.webhook("shop", order("2"), "webhook-id", "second");
            await().atMost(SOON).until(() -> waiting(before) == 1);
            assertThat(run("export", export)).as("beside the server").isZero();
            assertThat(run("import", export)).as("under the server").isEqualTo(2);
        }
        becomeAnotherMajor();
        assertThat(run("import", export)).isZero();

        try (TestServer after = TestServer.start(folder, Map.of())) {
            assertThat(after.webhook("shop", order("1"), "webhook-id", "first").statusCode())
                    .as("known already")
                    .isEqualTo(200);
            after.call("POST", "/api/channels/store/resume", null);
            after.webhook("shop", order("3"), "webhook-id", "third");
            await().atMost(SOON).until(() -> synced(after) == 3);
        }
        assertThat(store.orders()).extracting(FakeStore.Stored::sourceId).containsExactlyInAnyOrder("1", "2", "3");
    }

    /** As if the folder came from an earlier Waybill. */
    private void becomeAnotherMajor() throws Exception {
        Path cluster = folder.resolve("data/postgres/cluster");
        Files.writeString(cluster.resolve("PG_VERSION"), "16\n");
        assertThatThrownBy(() -> Database.open("", "", "", folder.resolve("data")))
                .hasMessageContainingAll("waybill export <file>", "move this folder away", "waybill import <file>");
        Files.move(cluster, folder.resolve("old-cluster"));
    }

    private int run(String command, Path file) {
        return Cli.run(WaybillServer.class, command, "--data=" + folder.resolve("data"), file.toString());
    }

    private static int synced(TestServer server) {
        return server.get("/api/orders?sync=synced").path("items").size();
    }

    private static int waiting(TestServer server) {
        return server.get("/api/deliveries?state=waiting").path("items").size();
    }

    private Map<String, String> files() {
        return Map.of(
                "channels/shop.yaml",
                "connector: http\ntitle: Shop\nrole: marketplace\ndestinations: [store]\n",
                "channels/store.yaml",
                "connector: http\ntitle: Store\nrole: erp\nsettings: { url: \"" + store.url()
                        + "\", idempotent: false }\n");
    }

    private static String order(String id) {
        return """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"paid","currency":"USD",
                "lines":[{"id":"1","sku":"MUG","quantity":2,"price":"12.50"}],"totals":{"total":"25.00"}}}"""
                .formatted(id, id);
    }
}

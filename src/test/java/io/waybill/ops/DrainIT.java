package io.waybill.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.waybill.flow.Dispatcher;
import io.waybill.ops.postgres.Database;
import io.waybill.server.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped while a destination does not answer and deliveries wait. */
class DrainIT {
    private static final String DELAY = "waybill.ops.drain-delay";
    private static final String PATIENCE = "spring.lifecycle.timeout-per-shutdown-phase";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int ORDERS = 8;

    @TempDir
    static Path folder;

    private static final CountDownLatch silence = new CountDownLatch(1);
    private static HttpServer store;
    private static int readyBefore;
    private static int webhookWhileDraining;
    private static List<String> lanes = List.of();

    @BeforeAll
    static void stopOne() throws Exception {
        System.setProperty(DELAY, "5s");
        System.setProperty(PATIENCE, "1s");
        store = silentStore();
        TestServer server = TestServer.start(folder, files());
        Thread stopping = new Thread(server::close);
        try {
            readyBefore = readiness(server);
            for (int i = 0; i < ORDERS; i++) {
                server.webhook("shop", order(i));
            }
            await().atMost(SOON).until(() -> server.bean(Dispatcher.class).inHand() > 0);
            stopping.start();
            await().atMost(SOON).until(() -> readiness(server) == 503);
            webhookWhileDraining = server.webhook("shop", order(ORDERS)).statusCode();
        } finally {
            System.clearProperty(DELAY);
            System.clearProperty(PATIENCE);
            stopping.join();
        }
        lanes = lanes();
    }

    @AfterAll
    static void hangUp() {
        silence.countDown();
        store.stop(0);
    }

    @Test
    void isNotReadyOnceItIsToStop() {
        assertThat(readyBefore).isEqualTo(200);
    }

    @Test
    void takesWebhooksWhileReadinessSendsThemElsewhere() {
        assertThat(webhookWhileDraining).isEqualTo(202);
    }

    @Test
    void leavesNoLaneInItsHands() {
        assertThat(lanes).contains("free, due").allMatch(lane -> lane.startsWith("free"));
    }

    private static List<String> lanes() throws Exception {
        List<String> lanes = new ArrayList<>();
        try (Database database = Database.open("", "", "", folder.resolve("data"));
                Connection connection =
                        DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        """
                        select case when leased_until > now() or leased_by is not null and leased_until is not null
                            then 'held' else 'free' end || ', ' || case when due_at <= now() then 'due' else 'later' end
                        from lane""")) {
            while (rows.next()) {
                lanes.add(rows.getString(1));
            }
        }
        return lanes;
    }

    private static HttpServer silentStore() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Map<String, String> files() {
        return Map.of(
                "channels/shop.yaml",
                "connector: http\ntitle: Shop\nrole: marketplace\ndestinations: [store]\n",
                "channels/store.yaml",
                "connector: http\ntitle: Store\nrole: erp\nlimits: { concurrency: 2 }\nsettings: { url: \"http://127.0.0.1:"
                        + store.getAddress().getPort() + "/\" }\n");
    }

    private static String order(int id) {
        return """
                {"type":"order","order":{"id":"%d","number":"#%d","status":"paid","currency":"USD",
                "lines":[{"id":"1","sku":"MUG","quantity":2,"price":"12.50"}],"totals":{"total":"25.00"}}}"""
                .formatted(id, id);
    }

    private static int readiness(TestServer server) {
        return server.call("GET", "/actuator/health/readiness", null).statusCode();
    }
}

package io.waybill.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainIT {
    private static final String DELAY = "waybill.ops.drain-delay";

    @TempDir
    Path folder;

    @Test
    void takesWebhooksWhileReadinessSendsThemElsewhere() throws Exception {
        System.setProperty(DELAY, "5s");
        TestServer server = TestServer.start(
                folder, Map.of("channels/shop.yaml", "connector: http\ntitle: Shop\nrole: marketplace\n"));
        Thread stopping = new Thread(server::close);
        try {
            assertThat(readiness(server)).isEqualTo(200);
            stopping.start();
            await().atMost(Duration.ofSeconds(4)).until(() -> readiness(server) == 503);
            assertThat(server.webhook("shop", "[]").statusCode()).isEqualTo(202);
        } finally {
            System.clearProperty(DELAY);
            stopping.join();
        }
    }

    private static int readiness(TestServer server) {
        return server.call("GET", "/actuator/health/readiness", null).statusCode();
    }
}

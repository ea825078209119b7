package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.channel.Bundle;
import io.waybill.channel.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    private final List<String> fired = new CopyOnWriteArrayList<>();
    private final RoutesFixture routes =
            new RoutesFixture(Map.of("witness", new Witness(), "listen-component", new ListeningComponent()));

    /** Notes which version fired, and what stayed of the headers. */
    public final class Witness {
        @Handler
        public void note(Exchange exchange) {
            fired.add(exchange.getVariable("version", String.class));
            exchange.getMessage().getHeaders().keySet().forEach(name -> headers.add(name));
            Object source = exchange.getVariable("source");
            names.add(String.valueOf(source));
        }
    }

    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final List<String> names = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        routes.close();
    }

    private static Bundle version(String version, String uri) {
        return files().with(
                        "ops/source.camel.yaml",
                        """
                        - route:
                            id: "source"
                            from:
                              uri: "%s"
                              steps:
                                - setVariable:
                                    name: "version"
                                    expression:
                                      constant:
                                        expression: "%s"
                                - bean:
                                    ref: "witness"
                        """
                                .formatted(uri, version))
                .bundle(version);
    }

    private static final String EVERY_50_MS =
            "quartz:tick?trigger.repeatInterval=50&trigger.repeatCount=-1&triggerStartDelay=-1";

    @Test
    void firesOnlyOnTheGenerationThatServes() {
        routes.serve(version("old", EVERY_50_MS));
        Eventually.holds(() -> fired.contains("old"));

        routes.serve(version("new", EVERY_50_MS));
        int before = fired.size();
        Eventually.holds(() -> fired.size() > before + 5);

        assertThat(fired.subList(before + 1, fired.size())).containsOnly("new");
    }

    @Test
    void firesAgainOnTheOldAfterARollback() {
        routes.serve(version("old", EVERY_50_MS));
        routes.serve(version("new", EVERY_50_MS));
        Eventually.holds(() -> fired.contains("new"));

        routes.generations.rollback();
        int before = fired.size();
        Eventually.holds(() -> fired.size() > before + 5);

        assertThat(fired.subList(before + 1, fired.size())).containsOnly("old");
    }

    @Test
    void namesTheRouteWhosePortIsTakenAndKeepsFiring() throws IOException {
        routes.serve(version("old", "timer:tick?period=20&delay=0"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding finding = routes.refused(version("new", "listen:" + taken.getLocalPort()))
                    .findings()
                    .get(0);

            assertThat(finding.file() + ":" + finding.line()).isEqualTo("ops/source.camel.yaml:4");
            assertThat(finding.message()).contains("in use");
            assertThat(finding.fix()).isNotBlank();
        }
        int before = fired.size();
        Eventually.holds(() -> fired.size() > before + 5);
        assertThat(fired).containsOnly("old");
    }

    @Test
    void keepsFiringWhenTheNextOneCannotOpenItsSources() {
        routes.serve(version("old", "timer:tick?period=20&delay=0"));
        Eventually.holds(() -> fired.contains("old"));

        routes.refused(version("new", "file:/no/such/folder?startingDirectoryMustExist=true&autoCreate=false"));
        int before = fired.size();
        Eventually.holds(() -> fired.size() > before + 5);

        assertThat(fired).containsOnly("old");
    }

    @Test
    void takesCamelsHeadersOffWhatComesFromOutside(@TempDir Path folder) throws Exception {
        routes.serve(version("1", "file:" + folder + "?initialDelay=0&delay=20&move=done"));
        Files.writeString(folder.resolve("order.json"), "{}");

        Eventually.holds(() -> Files.exists(folder.resolve("done/order.json")));

        assertThat(headers).noneMatch(name -> name.startsWith("Camel"));
        assertThat(names.get(0)).contains("CamelFileName=order.json");
    }

    @Test
    void hasNoSchedulerWithoutAQuartzRoute() {
        routes.serve(version("old", "timer:tick?period=20&delay=0"));

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("routes-g"));
    }
}

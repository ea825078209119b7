package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** The server as it is shipped: installed, started by its launcher, killed, started again. */
class ServerIT {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", "HOME=/");

    private static Path layout = Path.of("");

    @BeforeAll
    static void install() throws Exception {
        layout = Files.createTempDirectory("waybill-installed");
        Files.setPosixFilePermissions(layout, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(new ProcessBuilder("docker/build.sh", layout.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @AfterAll
    static void remove() throws IOException {
        FileSystemUtils.deleteRecursively(layout);
    }

    @Test
    void comesBackAfterAKillAndLeavesNothingBehindWhenStopped() throws Exception {
        Path data = Files.createTempDirectory("waybill-data");
        survivesAKill(data, List.of());
    }

    @Test
    void doesTheSameForAnotherUserThanRoot() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can become another user");
        Path data = Files.createTempDirectory("waybill-data");
        Files.setAttribute(data, "unix:uid", 65534);
        survivesAKill(data, AS_NOBODY);
    }

    private static void survivesAKill(Path data, List<String> as) throws Exception {
        ServerProcess first = ServerProcess.start(layout, data, as);
        first.awaitReady();
        first.kill();
        assertThat(serversOf(data)).as("PostgreSQL outlives a killed JVM").hasSize(1);

        ServerProcess second = ServerProcess.start(layout, data, as);
        assertThat(liveness(second.awaitReady())).isEqualTo(200);
        assertThat(second.said()).doesNotContain("shown this once");
        refusesAThird(data, as);

        second.stop();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(serversOf(data)).isEmpty());
        FileSystemUtils.deleteRecursively(data);
    }

    private static void refusesAThird(Path data, List<String> as) {
        ServerProcess third = ServerProcess.start(layout, data, as);

        assertThat(third.awaitEnd()).isEqualTo(2);
        assertThat(third.said()).contains("database-in-use").doesNotContain("\tat ");
    }

    private static int liveness(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/actuator/health/liveness"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }

    /** The postmasters whose working directory is a cluster in this folder. */
    private static List<Path> serversOf(Path data) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> isPostmasterOf(process, data))
                    .toList();
        }
    }

    private static boolean isPostmasterOf(Path process, Path data) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(data)
                    && Files.readString(process.resolve("cmdline")).contains("bin/postgres");
        } catch (IOException e) {
            return false;
        }
    }
}

package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that the Dockerfile calls, on the bare machine; build.sh runs in ServerIT, which has the jar. */
class DockerScriptsTest {
    @TempDir
    private Path folder;

    @Test
    void installsTheLayoutForAUserWithAName() throws Exception {
        Path layout = Files.createDirectories(folder.resolve("out"));
        Files.createDirectories(layout.resolve("app"));
        Files.createDirectories(layout.resolve("routes"));
        for (String file : List.of("waybill", "health.sh", "LICENSE", "NOTICE")) {
            Files.writeString(layout.resolve(file), "");
        }
        Path root = folder.resolve("root");

        assertThat(run("docker/install.sh", layout.toString(), root + "/")).isZero();

        assertThat(root.resolve("opt/waybill/waybill")).exists();
        assertThat(root.resolve("etc/passwd")).content().startsWith("waybill:x:10001:10001:");
    }

    @Test
    void isHealthyWhenTheServerIsReady() throws Exception {
        assertThat(healthOf("HTTP/1.1 200 OK\r\n\r\n")).isZero();
    }

    @Test
    void isUnhealthyWhenTheServerIsNotReady() throws Exception {
        assertThat(healthOf("HTTP/1.1 503 Service Unavailable\r\n\r\n")).isNotZero();
    }

    @Test
    void isUnhealthyWhenNobodyListens() throws Exception {
        assertThat(run("env", "WAYBILL_PORT=1", "docker/health.sh")).isNotZero();
    }

    private static int healthOf(String answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answerOnce(server, answer));
            int status = run("env", "WAYBILL_PORT=" + server.getLocalPort(), "docker/health.sh");
            served.join();
            return status;
        }
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            byte[] request = new byte[512];
            assertThat(socket.getInputStream().read(request)).isPositive();
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}

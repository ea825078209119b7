package io.waybill.cli.trial;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * {@code waybill serve} in a process of its own, with the classes of this one and a folder of its own: routes, data, log. A
 * killed one leaves its PostgreSQL behind, and the next start has to find it.
 */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private final Path folder;
    private final int port = freePort();
    private final Map<String, String> variables;
    private final List<String> jvm;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private @Nullable Process process;

    /** @param files what stands under routes/, by path */
    ServerProcess(Path folder, Map<String, String> files, Map<String, String> variables, List<String> jvm) {
        this.folder = folder;
        this.variables = variables;
        this.jvm = jvm;
        files.forEach(this::write);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "trial-end"));
    }

    private void write(String path, String text) {
        try {
            Path file = folder.resolve("routes").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    int port() {
        return port;
    }

    Path data() {
        return folder.resolve("data");
    }

    long pid() {
        return running().pid();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("the server was not started");
        }
        return process;
    }

    /** Starts and waits until it takes webhooks; answers how long that took. */
    Duration start() throws InterruptedException {
        long begun = System.nanoTime();
        try {
            ProcessBuilder builder = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().putAll(variables);
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady(begun);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    Path log() {
        return folder.resolve("server.log");
    }

    private void awaitReady(long begun) throws InterruptedException {
        while (!isReady()) {
            if (!running().isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("The server did not get ready; see " + log() + ".");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest ask = HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(ask, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL: no handler of ours runs, nothing is flushed. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** SIGTERM, so that its PostgreSQL stops too. */
    @Override
    public void close() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return;
        }
        current.destroy();
        try {
            if (!current.waitFor(60, TimeUnit.SECONDS)) {
                current.destroyForcibly();
            }
        } catch (InterruptedException e) {
            current.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        if (isOurJar(System.getProperty("java.class.path"))) {
            command.addAll(List.of("-jar", System.getProperty("java.class.path")));
        } else {
            command.add("io.waybill.Waybill");
        }
        command.addAll(List.of(
                "serve",
                "--routes",
                folder.resolve("routes").toString(),
                "--data",
                data().toString(),
                "--port",
                String.valueOf(port)));
        return command;
    }

    /** The jar that the launcher starts, whole or unpacked; a build tool's jar of class paths is none. */
    private static boolean isOurJar(String classPath) {
        if (!classPath.endsWith("waybill.jar") || !new File(classPath).isFile()) {
            return false;
        }
        try (JarFile jar = new JarFile(classPath)) {
            return jar.getManifest() != null
                    && jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

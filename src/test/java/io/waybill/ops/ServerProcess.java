package io.waybill.ops;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The server as a process of its own, with remote JMX opened as operations do: a port, a password file, an access file. */
final class ServerProcess implements AutoCloseable {
    static final String PASSWORD = "jmx-test-password";
    private static final String TOKEN = "test-admin-token-0123456789abcdef";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;
    private final int jmxPort;

    private ServerProcess(Process process, Path log, int port, int jmxPort) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.jmxPort = jmxPort;
    }

    /** @param variables more of its environment */
    static ServerProcess start(Path folder, Map<String, String> variables) throws Exception {
        int port = freePort();
        int jmxPort = freePort();
        Path log = folder.resolve("server.log");
        ProcessBuilder builder = new ProcessBuilder(command(folder, port, jmxPort))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("WAYBILL_ADMIN_TOKEN", TOKEN);
        builder.environment().putAll(variables);
        ServerProcess server = new ServerProcess(builder.start(), log, port, jmxPort);
        server.awaitReady();
        return server;
    }

    private static List<String> command(Path folder, int port, int jmxPort) throws IOException {
        String jmx = "-Dcom.sun.management.jmxremote.";
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m", "-cp", classPath()));
        command.addAll(List.of(
                jmx + "port=" + jmxPort,
                jmx + "rmi.port=" + jmxPort,
                jmx + "host=127.0.0.1",
                "-Djava.rmi.server.hostname=127.0.0.1",
                jmx + "ssl=false",
                jmx + "authenticate=true",
                jmx + "password.file=" + secret(folder.resolve("password"), "admin " + PASSWORD + "\n"),
                jmx + "access.file=" + secret(folder.resolve("access"), "admin readwrite\n")));
        command.addAll(List.of("io.waybill.Waybill", "serve", "--sandbox", "false", "--watch-routes", "false"));
        command.addAll(List.of("--routes", folder.resolve("routes").toString()));
        command.addAll(List.of("--data", folder.resolve("data").toString(), "--port", String.valueOf(port)));
        return command;
    }

    /** As it is shipped: the tests' own log settings would win over the server's. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Files.exists(Path.of(entry, "logback-test.xml")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path secret(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("the server did not start:\n" + Files.readString(log));
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/actuator/health/readiness").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** What it has logged so far. */
    List<String> log() throws IOException {
        return Files.readAllLines(log);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json");
    }

    /** Remote JMX is JNDI and RMI; the address is our own. */
    @SuppressWarnings("BanJNDI")
    JMXConnector connect(String password) throws IOException {
        return JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmxPort + "/jmxrmi"),
                Map.of(JMXConnector.CREDENTIALS, new String[] {"admin", password}));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

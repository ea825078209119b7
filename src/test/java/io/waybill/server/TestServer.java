package io.waybill.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.WaybillServer;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The server in this JVM on a free port, with its own PostgreSQL (fsync on) and a routes folder of the test's own. */
public final class TestServer implements AutoCloseable {
    public static final String TOKEN = "test-admin-token-0123456789abcdef";
    /** The setting that names the cluster of schedulers that a server belongs to. */
    public static final String SCHEDULER = "spring.quartz.properties.org.quartz.scheduler.instanceName";

    private static final AtomicInteger STARTED = new AtomicInteger();

    public static final String OPERATOR = "test-operator-token-0123456789abcde";
    public static final String VIEWER = "test-viewer-token-0123456789abcdef";

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path routes;

    private TestServer(ConfigurableApplicationContext context, Path routes) {
        this.context = context;
        this.routes = routes;
    }

    private static final class Shared {
        static final TestServer SERVER = startUntilTheEnd();

        private static TestServer startUntilTheEnd() {
            try {
                Path folder = Files.createTempDirectory("waybill-server");
                SpringApplication.getShutdownHandlers().add(() -> delete(folder));
                Files.createDirectories(folder.resolve("routes"));
                return start(folder, Map.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The one server that test classes of this JVM share, since each costs a start of ten seconds and more. It serves these files
     * besides those of the others, so channels have names of their own and lists are asked by channel. It ends with the JVM.
     */
    public static TestServer shared(Map<String, String> files) {
        files.forEach(Shared.SERVER::edit);
        HttpResponse<String> answer = Shared.SERVER.call("POST", "/api/deployments/reload", null);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return Shared.SERVER;
    }

    /** @param files what stands under routes/, by path */
    public static TestServer start(Path folder, Map<String, String> files) {
        return start(folder, files, Map.of());
    }

    /** @param more settings besides or instead of those that every test has */
    public static TestServer start(Path folder, Map<String, String> files, Map<String, Object> more) {
        Path routes = folder.resolve("routes");
        files.forEach((path, text) -> write(routes, path, text));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("waybill.routes", routes.toString());
        settings.put("waybill.data", folder.resolve("data").toString());
        settings.put("waybill.sandbox", "false");
        settings.put("waybill.access.admin-token", TOKEN);
        settings.put("waybill.access.tokens", "vera:viewer:" + VIEWER + ",olga:operator:" + OPERATOR);
        settings.put("waybill.flow.retries", "100ms,200ms,300ms,400ms,500ms,500ms");
        settings.put("waybill.flow.first-probe", "300ms");
        settings.put("waybill.flow.last-probe", "1s");
        settings.put("server.port", "0");
        // Quartz keeps data sources by this name for the whole JVM: servers of one name would work on one database.
        settings.put(SCHEDULER, "waybill-" + STARTED.incrementAndGet());
        settings.putAll(more);
        SpringApplication application = new SpringApplication(WaybillServer.class);
        application.addInitializers(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new org.springframework.core.env.MapPropertySource("test", settings)));
        return new TestServer(application.run(), routes);
    }

    public void edit(String path, String text) {
        write(routes, path, text);
    }

    private static void write(Path routes, String path, String text) {
        try {
            Path file = routes.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file under routes/. */
    public Path file(String path) {
        return routes.resolve(path);
    }

    public String url(String path) {
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        return "http://127.0.0.1:" + port + path;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public HttpResponse<String> webhook(String channel, String body, String... headers) {
        return webhook(channel, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    public HttpResponse<String> webhook(String channel, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url("/webhooks/" + channel)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public JsonNode get(String path) {
        HttpResponse<String> answer = call("GET", path, null);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return json(answer);
    }

    public HttpResponse<String> call(String method, String path, @org.jspecify.annotations.Nullable String body) {
        return send(HttpRequest.newBuilder(URI.create(url(path)))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    public static JsonNode json(HttpResponse<String> answer) {
        try {
            return EventJson.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(answer.body(), e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}

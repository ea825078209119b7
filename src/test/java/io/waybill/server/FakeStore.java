package io.waybill.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A destination of the http connector over real HTTP. With keys, the first body under a key is what stays and any later one
 * is answered alike; without, every create makes a new order and only a search tells what is there.
 */
public final class FakeStore implements AutoCloseable {
    public enum Fault {
        NONE,
        /** Does the work, then answers 500. */
        FAIL_AFTER,
        /** Does the work, then answers 503. */
        AWAY_AFTER,
        /** Does the work, then hangs up. */
        HANG_UP_AFTER,
        /** Does nothing and answers 429. */
        BUSY,
        /** Does nothing and answers 422. */
        REFUSE,
        /** Does nothing and says that it has no such article. */
        UNKNOWN_SKU,
        /** Does nothing and answers 401. */
        LOCKED
    }

    /** One order as the store has it. */
    public record Stored(String id, String key, String sourceId, JsonNode order) {}

    /** One request as it came. */
    public record Request(String operation, String key, JsonNode body, Map<String, String> headers, byte[] raw) {}

    private final HttpServer server;
    private final boolean keepsKeys;
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, Stored> orders = new LinkedHashMap<>();
    private final Map<String, String> idsByKey = new LinkedHashMap<>();
    private final AtomicInteger finds = new AtomicInteger();
    private final Map<String, String> statuses = new ConcurrentHashMap<>();
    private int created;

    public FakeStore(boolean keepsKeys) throws IOException {
        this.keepsKeys = keepsKeys;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/orders", this::take);
        server.createContext("/find", this::find);
        server.createContext(
                "/check",
                http -> send(
                        http,
                        200,
                        """
                        {"findings":[{"what":"customers","state":"problem","detail":"none can be made","do":"Allow it."}]}"""));
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/orders";
    }

    public String findUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/find";
    }

    public String checkUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/check";
    }

    /** How it answers the next requests about this order of the source. */
    public void next(String sourceId, Fault... planned) {
        faults.put(sourceId, new ConcurrentLinkedQueue<>(List.of(planned)));
    }

    /** Does the next work about this order of the source at once and answers when the latch is down. */
    public CountDownLatch holdAnswer(String sourceId) {
        CountDownLatch latch = new CountDownLatch(1);
        held.put(sourceId, latch);
        return latch;
    }

    private void waitToAnswer(JsonNode body) {
        CountDownLatch latch = held.remove(body.at("/event/order/id").asText());
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Fault fault(JsonNode body) {
        Queue<Fault> planned = faults.get(body.at("/event/order/id").asText());
        return planned == null || planned.isEmpty() ? Fault.NONE : planned.remove();
    }

    /** What a search tells of this order's status from now on. */
    public void status(String id, String word) {
        statuses.put(id, word);
    }

    public synchronized List<Stored> orders() {
        return List.copyOf(orders.values());
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    public synchronized List<Request> requests(String operation) {
        return requests.stream().filter(r -> r.operation().equals(operation)).toList();
    }

    public int finds() {
        return finds.get();
    }

    private void take(HttpExchange http) throws IOException {
        byte[] raw = http.getRequestBody().readAllBytes();
        Map<String, String> headers = new LinkedHashMap<>();
        http.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        JsonNode body = EventJson.MAPPER.readTree(json(headers, raw));
        Fault fault = fault(body);
        String id;
        synchronized (this) {
            requests.add(new Request(
                    body.path("operation").asText(), body.path("idempotencyKey").asText(), body, headers, raw));
            boolean does = EnumSet.of(Fault.NONE, Fault.FAIL_AFTER, Fault.AWAY_AFTER, Fault.HANG_UP_AFTER)
                    .contains(fault);
            id = does ? operate(body) : "";
        }
        waitToAnswer(body);
        answer(http, fault, id);
    }

    private static byte[] json(Map<String, String> headers, byte[] raw) {
        if (!headers.getOrDefault("content-type", "").startsWith("multipart/")) {
            return raw;
        }
        String text = new String(raw, java.nio.charset.StandardCharsets.ISO_8859_1);
        int start = text.indexOf("{");
        return text.substring(start, text.indexOf("\r\n--", start))
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private String operate(JsonNode body) {
        String key = body.path("idempotencyKey").asText();
        JsonNode order = body.path("event").path("order");
        switch (body.path("operation").asText()) {
            case "create-order" -> {
                if (keepsKeys && idsByKey.containsKey(key)) {
                    return idsByKey.get(key);
                }
                String id = "S-" + ++created;
                idsByKey.putIfAbsent(key, id);
                orders.put(id, new Stored(id, key, order.path("id").asText(), order));
                return id;
            }
            case "update-order" -> {
                String id = body.path("externalId").asText();
                boolean seen = keepsKeys && idsByKey.putIfAbsent(key, id) != null;
                if (!seen) {
                    orders.computeIfPresent(id, (k, old) -> new Stored(k, old.key(), old.sourceId(), order));
                }
                return id;
            }
            default -> {
                return body.path("externalId").asText();
            }
        }
    }

    private void answer(HttpExchange http, Fault fault, String id) throws IOException {
        switch (fault) {
            case NONE -> send(http, 200, "{\"id\":\"" + id + "\",\"url\":\"https://store.example/" + id + "\"}");
            case FAIL_AFTER -> send(http, 500, "oops");
            case AWAY_AFTER -> send(http, 503, "{}");
            case HANG_UP_AFTER -> http.close();
            case BUSY -> send(http, 429, "{}");
            case REFUSE -> send(http, 422, "{\"error\":\"unknown SKU\"}");
            case UNKNOWN_SKU -> send(http, 422, "{\"code\":\"unknown-sku\"}");
            case LOCKED -> send(http, 401, "{}");
        }
    }

    private void find(HttpExchange http) throws IOException {
        finds.incrementAndGet();
        String query = http.getRequestURI().getRawQuery();
        String key = URLDecoder.decode(query.substring(query.indexOf('=') + 1), UTF_8);
        List<String> ids;
        synchronized (this) {
            ids = orders.values().stream()
                    .filter(o -> o.key().equals(key))
                    .map(Stored::id)
                    .toList();
        }
        if (ids.isEmpty()) {
            send(http, 404, "{}");
        } else {
            String word = statuses.get(ids.get(0));
            String status = word == null ? "" : ",\"status\":\"" + word + "\"";
            send(
                    http,
                    200,
                    "{\"id\":\"" + ids.get(0) + "\",\"ids\":" + EventJson.MAPPER.valueToTree(ids) + status + "}");
        }
    }

    private static void send(HttpExchange http, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        http.getResponseHeaders().set("Content-Type", "application/json");
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.waybill.cli.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A destination that fails now and then. With keys it keeps the first body under each and answers every later one alike;
 * without, each create makes a new order, and only a search that lags tells what is there.
 */
final class RoughStore implements AutoCloseable {
    /** What may go wrong with a call. */
    enum Fault {
        FAILS_AFTER,
        HANGS_UP_AFTER,
        FAILS_BEFORE,
        BUSY
    }

    private record Held(String id, String key, String sourceId, int version, long since) {}

    /** What it holds at a moment, by the source's order id: how many orders, and their highest version. */
    record Holding(Map<String, Integer> copies, Map<String, Integer> versions) {}

    private static final HttpSink.Answer EMPTY = json(404, "{}");

    private final boolean keepsKeys;
    private final double faultShare;
    private final Duration searchLag;
    private final Random random;
    private final HttpSink sink = new HttpSink(this::answer);
    private final Map<String, Held> orders = new HashMap<>();
    private final Map<String, String> idsByKey = new HashMap<>();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private int calls;
    private int searches;
    private int repeats;

    RoughStore(boolean keepsKeys, double faultShare, Duration searchLag, long seed) {
        this.keepsKeys = keepsKeys;
        this.faultShare = faultShare;
        this.searchLag = searchLag;
        this.random = new Random(seed);
    }

    String url() {
        return sink.url("/orders");
    }

    String findUrl() {
        return sink.url("/find");
    }

    synchronized Holding holding() {
        Map<String, Integer> copies = new HashMap<>();
        Map<String, Integer> versions = new HashMap<>();
        orders.values().forEach(order -> {
            copies.merge(order.sourceId(), 1, Integer::sum);
            versions.merge(order.sourceId(), order.version(), Math::max);
        });
        return new Holding(copies, versions);
    }

    /** For people: calls, injected faults, and what was asked again. */
    synchronized String activity() {
        return "%,d calls, faults %s, %,d keys seen again, %,d searches".formatted(calls, faults, repeats, searches);
    }

    synchronized int faults() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    private synchronized HttpSink.@Nullable Answer answer(HttpSink.Call call) {
        calls++;
        Fault fault = random.nextDouble() < faultShare ? Fault.values()[random.nextInt(Fault.values().length)] : null;
        if (fault == null) {
            return work(call);
        }
        faults.merge(fault, 1, Integer::sum);
        return switch (fault) {
            case FAILS_AFTER -> {
                work(call);
                yield json(500, "{\"error\":\"out of breath\"}");
            }
            case HANGS_UP_AFTER -> {
                work(call);
                yield null;
            }
            case FAILS_BEFORE -> json(503, "{}");
            case BUSY -> json(429, "{}");
        };
    }

    private HttpSink.Answer work(HttpSink.Call call) {
        return call.target().startsWith("/find") ? find(call.target()) : operate(tree(call.body()));
    }

    private HttpSink.Answer find(String target) {
        searches++;
        String key = target.substring(target.indexOf('=') + 1);
        long visible = System.nanoTime() - searchLag.toNanos();
        List<String> ids = new ArrayList<>();
        orders.values().stream()
                .filter(order -> order.key().equals(key) && order.since() <= visible)
                .forEach(order -> ids.add(order.id()));
        return ids.isEmpty()
                ? EMPTY
                : json(200, "{\"ids\":[\"" + String.join("\",\"", ids) + "\"],\"id\":\"" + ids.get(0) + "\"}");
    }

    private HttpSink.Answer operate(JsonNode request) {
        String key = request.path("idempotencyKey").asText();
        String known = idsByKey.get(key);
        if (known != null) {
            repeats++;
            if (keepsKeys) {
                return taken(known);
            }
        }
        boolean creates = request.path("operation").asText().equals("create-order");
        String id = creates
                ? "S-" + (orders.size() + 1)
                : request.path("externalId").asText();
        idsByKey.put(key, id);
        keep(creates, id, key, request.at("/event/order"));
        return taken(id);
    }

    private void keep(boolean creates, String id, String key, JsonNode order) {
        int version = new BigDecimal(order.at("/totals/total").asText()).intValue();
        if (creates) {
            orders.put(id, new Held(id, key, order.path("id").asText(), version, System.nanoTime()));
        } else {
            orders.computeIfPresent(id, (k, old) -> new Held(id, old.key(), old.sourceId(), version, old.since()));
        }
    }

    private static HttpSink.Answer taken(String id) {
        return json(200, "{\"id\":\"" + id + "\",\"url\":\"https://store.example/" + id + "\"}");
    }

    private static HttpSink.Answer json(int status, String text) {
        return new HttpSink.Answer(status, text.getBytes(UTF_8));
    }

    private static JsonNode tree(byte[] body) {
        try {
            return EventJson.MAPPER.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}

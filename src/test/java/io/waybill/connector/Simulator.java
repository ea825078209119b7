package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for an outside system over real HTTP. Strict: what the real one would refuse it refuses, and a request that no
 * such system has (unknown path, method, body against the published contract) is kept as a violation, which fails the test.
 * One request at a time is handled, under the simulator's own lock.
 */
abstract class Simulator implements AutoCloseable {
    /** What happens to a request instead of its answer. */
    enum Fault {
        /** Nothing is done; 429 with Retry-After of a second. */
        BUSY,
        /** Nothing is done; 503. */
        DOWN,
        /** It is done, and then the connection is cut. */
        CUT_AFTER,
        /** It is done, and then answered 500. */
        FAIL_AFTER,
        /** It is done, and answered when {@link #release} is called. */
        SLOW,
        /** Nothing is done; 400, as to a page or cursor that is none any more. */
        REFUSE
    }

    /** @param query each parameter once, the last value of it; {@code queries} has all */
    record Request(
            String method,
            String path,
            Map<String, String> query,
            Map<String, List<String>> queries,
            Map<String, String> headers,
            byte[] raw,
            List<String> groups) {
        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        String text() {
            return new String(raw, UTF_8);
        }

        JsonNode json() {
            return EventJson.tree(raw);
        }

        Map<String, String> form() {
            Map<String, String> form = new LinkedHashMap<>();
            parsed(text()).forEach((name, values) -> form.put(name, values.get(values.size() - 1)));
            return form;
        }
    }

    record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
        static Answer json(int status, Object body) {
            return new Answer(
                    status,
                    "application/json; charset=utf-8",
                    EventJson.bytes(body instanceof JsonNode node ? node : EventJson.MAPPER.valueToTree(body)),
                    Map.of());
        }

        static Answer json(int status, String body) {
            return new Answer(status, "application/json; charset=utf-8", body.getBytes(UTF_8), Map.of());
        }

        static Answer html(int status) {
            return new Answer(status, "text/html", "<html><body>?</body></html>".getBytes(UTF_8), Map.of());
        }

        static Answer empty(int status) {
            return new Answer(status, "text/plain", new byte[0], Map.of());
        }

        Answer with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Answer(status, contentType, body, more);
        }
    }

    private record Route(String method, Pattern path, Function<Request, Answer> handler) {}

    private record Planned(Predicate<Request> when, Fault fault) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final List<Route> routes = new ArrayList<>();
    private final Queue<Planned> planned = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final AtomicInteger held = new AtomicInteger();
    private final Semaphore released = new Semaphore(0);
    private boolean locked;

    Simulator() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param path a regular expression for all of it; its groups are the request's */
    final void on(String method, String path, Function<Request, Answer> handler) {
        routes.add(new Route(method, Pattern.compile(path), handler));
    }

    final String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Empty when the request's credentials are right. */
    abstract Optional<Answer> unauthorised(Request request);

    /** Against the published contract, where there is one. */
    Optional<String> mistake(Request request) {
        return Optional.empty();
    }

    /** What it answers when it has had enough. */
    Answer busy() {
        return Answer.json(429, "{}").with("Retry-After", "1");
    }

    /** What it answers to credentials that it does not know any more. */
    Answer refused() {
        return Answer.json(401, "{}");
    }

    /** The next request that fits meets this. */
    final void next(Predicate<Request> when, Fault fault) {
        planned.add(new Planned(when, fault));
    }

    /** No fault that is planned happens any more. */
    final void calm() {
        planned.clear();
    }

    /** How many answers wait for {@link #release}. */
    final int held() {
        return held.get();
    }

    /** One slow answer goes out. */
    final void release() {
        released.release();
    }

    /** A request such as the last one: the next page of the same, say. */
    final synchronized Predicate<Request> likeLast() {
        Request last = requests.get(requests.size() - 1);
        return request -> request.method().equals(last.method())
                && request.path().equals(last.path())
                && start(request).equals(start(last));
    }

    /** Of a document of GraphQL its name. */
    private static String start(Request request) {
        String text = request.text();
        return text.substring(0, Math.min(60, text.length()));
    }

    /** Refuses all credentials until it is unlocked. */
    final synchronized void lock(boolean locks) {
        locked = locks;
    }

    final synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    final synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    final synchronized void violation(String what) {
        violations.add(what);
    }

    private void handle(HttpExchange http) {
        try (http) {
            byte[] raw = http.getRequestBody().readAllBytes();
            Fault fault;
            Answer answer;
            synchronized (this) {
                Request request = request(http, raw);
                requests.add(request);
                fault = fault(request);
                answer = answer(request, fault);
            }
            if (fault == Fault.SLOW) {
                held.incrementAndGet();
                released.acquire();
                held.decrementAndGet();
            }
            if (fault != Fault.CUT_AFTER) {
                send(http, answer);
            }
        } catch (IOException | InterruptedException e) {
            // The caller is gone, or the test is over.
        }
    }

    private Answer answer(Request request, Fault fault) {
        if (fault == null) {
            return answer(request);
        }
        return switch (fault) {
            case BUSY -> busy();
            case DOWN -> Answer.html(503);
            case REFUSE -> Answer.json(400, Map.of("message", "Invalid page."));
            case CUT_AFTER, SLOW -> answer(request);
            case FAIL_AFTER -> {
                answer(request);
                yield Answer.html(500);
            }
        };
    }

    private Fault fault(Request request) {
        for (Planned one : planned) {
            if (one.when().test(request) && planned.remove(one)) {
                return one.fault();
            }
        }
        return null;
    }

    private Answer answer(Request request) {
        if (locked) {
            return refused();
        }
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(request.path());
            if (route.method().equals(request.method()) && matcher.matches()) {
                return answer(route, request, matcher);
            }
        }
        violations.add("unknown call " + request.method() + " " + request.path());
        return Answer.json(404, "{}");
    }

    private Answer answer(Route route, Request request, Matcher matcher) {
        Optional<Answer> unauthorised = unauthorised(request);
        if (unauthorised.isPresent()) {
            violations.add("credentials of " + request.method() + " " + request.path() + " are wrong");
            return unauthorised.get();
        }
        Optional<String> mistake = mistake(request);
        if (mistake.isPresent()) {
            violations.add(request.method() + " " + request.path() + ": " + mistake.get());
            return Answer.json(400, Map.of("message", mistake.get()));
        }
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(URLDecoder.decode(matcher.group(i), UTF_8));
        }
        try {
            return route.handler()
                    .apply(new Request(
                            request.method(),
                            request.path(),
                            request.query(),
                            request.queries(),
                            request.headers(),
                            request.raw(),
                            groups));
        } catch (RuntimeException e) {
            violations.add(request.method() + " " + request.path() + " broke the simulator: " + e);
            return Answer.html(500);
        }
    }

    private static Request request(HttpExchange http, byte[] raw) {
        Map<String, String> headers = new TreeMap<>();
        http.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        String query = http.getRequestURI().getRawQuery();
        Map<String, List<String>> queries = parsed(query == null ? "" : query);
        Map<String, String> single = new LinkedHashMap<>();
        queries.forEach((name, values) -> single.put(name, values.get(values.size() - 1)));
        return new Request(
                http.getRequestMethod(), http.getRequestURI().getRawPath(), single, queries, headers, raw, List.of());
    }

    private static Map<String, List<String>> parsed(String form) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String pair : form.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
                all.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return all;
    }

    private static void send(HttpExchange http, Answer answer) throws IOException {
        http.getResponseHeaders().set("Content-Type", answer.contentType());
        answer.headers().forEach((name, value) -> http.getResponseHeaders().set(name, value));
        boolean bodiless = answer.body().length == 0;
        http.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
        if (!bodiless) {
            http.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.waybill.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A shop that is polled: orders changed since, oldest change first, so many a page. */
final class ShopPages implements AutoCloseable {
    final Map<String, Instant> orders = new ConcurrentHashMap<>();
    final List<Instant> asked = new CopyOnWriteArrayList<>();
    volatile int pageSize = 50;
    volatile int status = 200;
    volatile Runnable afterPage = () -> {};
    volatile String poison = "";
    private final HttpServer server;

    ShopPages() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/orders", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/orders";
    }

    void sell(int from, int count, Instant first) {
        for (int i = 0; i < count; i++) {
            orders.put("O-" + (from + i), first.plusSeconds(i));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Instant since =
                Instant.parse(exchange.getRequestURI().getQuery().replaceFirst(".*updatedSince=([^&]*).*", "$1"));
        asked.add(since);
        byte[] page = page(since).getBytes(UTF_8);
        exchange.sendResponseHeaders(status, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
        afterPage.run();
    }

    private String page(Instant since) {
        String page = orders.entrySet().stream()
                .filter(order -> !order.getValue().isBefore(since))
                .sorted(Map.Entry.<String, Instant>comparingByValue()
                        .thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .limit(pageSize)
                .map(order -> order(order.getKey(), order.getValue()))
                .collect(Collectors.joining(",", "[", ""));
        String separator = page.length() > 1 && !poison.isEmpty() ? "," : "";
        return page + separator + poison + "]";
    }

    static String order(String id, Instant updatedAt) {
        return """
                {"type": "order", "order": {"id": "%s", "number": "#%s", "placedAt": "2026-11-20T10:11:12Z",
                 "updatedAt": "%s", "status": "paid", "currency": "USD",
                 "lines": [{"id": "1", "sku": "MUG", "title": "Mug", "quantity": 1, "price": "12.50"}],
                 "totals": {"lines": "12.50", "total": "12.50"}}}"""
                .formatted(id, id, updatedAt);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.waybill.cli.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop that sends an order at a time, and somebody who asks which edit serves. Every call is tried once. */
final class SteadyLoad implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long ASK_EVERY_MILLIS = 20;

    private final ServerProcess server;
    private final StandardWebhook signer;
    private final String token;
    private final long gapMillis;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Collection<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Collection<String> faults = new ConcurrentLinkedQueue<>();
    private final Set<Integer> announced = new ConcurrentSkipListSet<>(Set.of(0));
    private final AtomicInteger webhooks = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile int serving;
    private volatile int answered = -1;
    private volatile boolean open = true;
    private List<Future<?>> work = List.of();

    SteadyLoad(ServerProcess server, StandardWebhook signer, String token, int perSecond) {
        this.server = server;
        this.signer = signer;
        this.token = token;
        this.gapMillis = TimeUnit.SECONDS.toMillis(1) / perSecond;
    }

    void start() {
        work = List.of(threads.submit(this::sendAll), threads.submit(this::ask));
    }

    /** This edit may be answered from now on. */
    void announce(int number) {
        announced.add(number);
    }

    /** No edit before this one may be answered to what is asked from now on. */
    void serves(int number) {
        serving = number;
    }

    /** The last answer. */
    int number() {
        return answered;
    }

    Set<String> acknowledged() {
        return new TreeSet<>(acknowledged);
    }

    int webhooks() {
        return webhooks.get();
    }

    int questions() {
        return questions.get();
    }

    /** Each request that failed or was answered wrongly. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    private Void sendAll() throws InterruptedException {
        while (open) {
            send("D-" + webhooks.incrementAndGet());
            TimeUnit.MILLISECONDS.sleep(gapMillis);
        }
        return null;
    }

    private void send(String order) throws InterruptedException {
        byte[] body = Specimen.order(order, 1);
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/webhooks/shop"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        signer.headers(order, Instant.now().getEpochSecond(), body).forEach(request::header);
        try {
            int status = HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status == 202) {
                acknowledged.add(order);
            } else {
                faults.add("webhook " + order + " answered " + status);
            }
        } catch (IOException e) {
            faults.add("webhook " + order + " " + e);
        }
    }

    private Void ask() throws InterruptedException {
        while (open) {
            questions.incrementAndGet();
            int oldest = serving;
            try {
                judge(oldest, get(server.uri("/torture/number"), token));
            } catch (UncheckedIOException e) {
                faults.add("question " + e.getCause());
            }
            TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MILLIS);
        }
        return null;
    }

    private void judge(int oldest, HttpResponse<String> answer) {
        if (answer.statusCode() != 200 || !answer.body().matches("-?\\d+")) {
            faults.add("question answered " + answer.statusCode() + " " + answer.body());
            return;
        }
        int number = Integer.parseInt(answer.body());
        if (number < oldest && number >= 0 || number >= 0 && !announced.contains(number)) {
            faults.add("edit " + number + " answered while " + oldest + " served");
        }
        answered = number;
    }

    static HttpResponse<String> get(URI uri, String token) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What is under way comes to its end. */
    void stop() throws InterruptedException {
        open = false;
        for (Future<?> one : work) {
            try {
                one.get();
            } catch (java.util.concurrent.ExecutionException e) {
                faults.add("load " + e.getCause());
            }
        }
    }

    @Override
    public void close() {
        open = false;
        threads.shutdownNow();
    }
}

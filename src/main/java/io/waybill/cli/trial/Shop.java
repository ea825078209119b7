package io.waybill.cli.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The sender of a trial: several clients, a steady pace, and every message again until it is acknowledged. */
final class Shop implements AutoCloseable {
    private static final int CLIENTS = 8;
    private static final long PAUSE_MILLIS = 50;

    private final URI webhooks;
    private final StandardWebhook signer;
    private final long paceNanos;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final Queue<Message> unsent = new ConcurrentLinkedQueue<>();
    private final AtomicLong nextSlot = new AtomicLong();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();

    Shop(URI webhooks, StandardWebhook signer, int perSecond) {
        this.webhooks = webhooks;
        this.signer = signer;
        this.paceNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    void send(List<Message> messages) {
        unsent.addAll(messages);
        nextSlot.set(System.nanoTime());
        for (int i = 0; i < CLIENTS; i++) {
            clients.execute(this::work);
        }
        clients.shutdown();
    }

    boolean isDone() {
        return clients.isTerminated();
    }

    int acknowledged() {
        return stored.get() + duplicates.get();
    }

    int stored() {
        return stored.get();
    }

    int duplicates() {
        return duplicates.get();
    }

    /** Answers other than 2xx, and calls without an answer; each was sent again. */
    int resent() {
        return refused.get() + unanswered.get();
    }

    private void work() {
        try {
            for (Message message = unsent.poll(); message != null; message = unsent.poll()) {
                awaitSlot();
                while (!send(message)) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Time lost while the server was away is not made up for, so orders still flow at the next kill. */
    private void awaitSlot() throws InterruptedException {
        long now = System.nanoTime();
        long slot = nextSlot.updateAndGet(last -> Math.max(last + paceNanos, now - TimeUnit.SECONDS.toNanos(1)));
        TimeUnit.NANOSECONDS.sleep(slot - now);
    }

    private boolean send(Message message) throws InterruptedException {
        byte[] body = message.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(webhooks)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        signer.headers(message.id(), Instant.now().getEpochSecond(), body).forEach(request::header);
        try {
            return counted(http.send(request.build(), BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            unanswered.incrementAndGet();
            return false;
        }
    }

    private boolean counted(int status) {
        if (status / 100 != 2) {
            refused.incrementAndGet();
            return false;
        }
        (status == 202 ? stored : duplicates).incrementAndGet();
        return true;
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}

package io.waybill.cli.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Keep-alive clients over plain sockets that send signed webhooks and note when each was acknowledged. */
final class Clients {
    private final int port;
    private final StandardWebhook signer;
    private final Stencil stencil = new Stencil();
    private final AtomicInteger next = new AtomicInteger(1);
    private final AtomicLongArray acknowledged;

    Clients(int port, StandardWebhook signer, int capacity) {
        this.port = port;
        this.signer = signer;
        this.acknowledged = new AtomicLongArray(capacity);
    }

    /** What one phase did: orders {@code first} to before {@code end}, and how long each answer took, sorted. */
    record Phase(int first, int end, Duration took, long[] nanos) {
        int orders() {
            return end - first;
        }

        double perSecond() {
            return orders() * 1e9 / took.toNanos();
        }
    }

    long acknowledged(int number) {
        return acknowledged.get(number);
    }

    /** As fast as they can. */
    Phase burst(int clients, Duration length) throws InterruptedException {
        return run(clients, length, 0);
    }

    /** So many a second over all clients, by the clock: an answer that is late delays nobody else's turn. */
    Phase steady(int clients, Duration length, int perSecond) throws InterruptedException {
        return run(clients, length, TimeUnit.SECONDS.toNanos(1) * clients / perSecond);
    }

    private Phase run(int clients, Duration length, long gapNanos) throws InterruptedException {
        int first = next.get();
        long begun = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<long[]>> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            long offset = gapNanos * i / clients;
            all.add(threads.submit(() -> work(begun + offset, begun + length.toNanos(), gapNanos)));
        }
        threads.shutdown();
        long[] nanos = all.stream().flatMapToLong(f -> Arrays.stream(result(f))).toArray();
        Arrays.sort(nanos);
        return new Phase(first, next.get(), Duration.ofNanos(System.nanoTime() - begun), nanos);
    }

    private static long[] result(Future<long[]> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("A client of the benchmark failed.", e);
        }
    }

    private long[] work(long begin, long end, long gapNanos) throws InterruptedException {
        List<Long> nanos = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (long turn = begin; Math.max(turn, System.nanoTime()) < end; turn += gapNanos) {
                TimeUnit.NANOSECONDS.sleep(turn - System.nanoTime());
                nanos.add(send(in, out));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return nanos.stream().mapToLong(Long::longValue).toArray();
    }

    private long send(InputStream in, OutputStream out) throws IOException {
        int number = next.getAndIncrement();
        byte[] request = request(number);
        long sent = System.nanoTime();
        out.write(request);
        int status = HttpSink.HttpText.status(in);
        long now = System.nanoTime();
        if (status != 202) {
            throw new IOException("a webhook was answered with " + status);
        }
        acknowledged.set(number, now);
        return now - sent;
    }

    private byte[] request(int number) {
        byte[] body = stencil.body(number);
        StringBuilder head = new StringBuilder(400)
                .append("POST /webhooks/shop HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n")
                .append("Content-Length: ")
                .append(body.length)
                .append("\r\n");
        signer.headers(stencil.id(number), Instant.now().getEpochSecond(), body)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
        byte[] request = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }
}

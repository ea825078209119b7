package io.waybill.cli.trial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** A destination that takes everything at once and notes when each order came first. */
final class QuietStore implements AutoCloseable {
    private final AtomicLongArray arrivals;
    private final AtomicInteger orders = new AtomicInteger();
    private final HttpSink sink = new HttpSink(this::take);

    QuietStore(int capacity) {
        arrivals = new AtomicLongArray(capacity);
    }

    String url() {
        return sink.url("/orders");
    }

    int orders() {
        return orders.get();
    }

    /** In nanoseconds of {@link System#nanoTime()}; 0 while it is not here. */
    long arrival(int number) {
        return arrivals.get(number);
    }

    private HttpSink.Answer take(HttpSink.Call call) {
        int number = Stencil.numberIn(call.body());
        if (number >= 0 && arrivals.compareAndSet(number, 0, System.nanoTime())) {
            orders.incrementAndGet();
        }
        return new HttpSink.Answer(200, ("{\"id\":\"Q-" + number + "\"}").getBytes(ISO_8859_1));
    }

    @Override
    public void close() {
        sink.close();
    }
}

package io.waybill.flow;

import java.time.Duration;
import java.util.function.Supplier;

/** What is read so often that a second-old answer has to do. Made on another node, a change counts within that second. */
final class Fresh<T> {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private record Known<T>(T value, long readAt) {}

    private final Supplier<T> source;
    private volatile Known<T> known;

    Fresh(Supplier<T> source, T atFirst) {
        this.source = source;
        this.known = new Known<>(atFirst, System.nanoTime() - FRESH);
    }

    T get() {
        Known<T> now = known;
        return System.nanoTime() - now.readAt() < FRESH ? now.value() : read();
    }

    /** Reads it now: after a change made here. */
    T read() {
        T value = source.get();
        known = new Known<>(value, System.nanoTime());
        return value;
    }
}

package io.waybill.flow;

import io.waybill.ledger.Deliveries;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The paused channels, asked for at most twice a second; used by the one dispatcher thread. */
final class Paused {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Deliveries deliveries;
    private Set<String> channels = Set.of();
    private long asked = System.nanoTime() - FRESH_NANOS;

    Paused(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    Set<String> channels() {
        if (System.nanoTime() - asked >= FRESH_NANOS) {
            channels = deliveries.paused();
            asked = System.nanoTime();
        }
        return channels;
    }
}

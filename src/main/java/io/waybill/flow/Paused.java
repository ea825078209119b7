package io.waybill.flow;

import io.waybill.ledger.Deliveries;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The paused channels, asked for at most twice a second; used by the one dispatcher thread. */
final class Paused {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Deliveries deliveries;
    private final FlowListener listener;
    private Set<String> channels = Set.of();
    private long asked = System.nanoTime() - FRESH_NANOS;

    Paused(Deliveries deliveries, FlowListener listener) {
        this.deliveries = deliveries;
        this.listener = listener;
    }

    Set<String> channels() {
        if (System.nanoTime() - asked >= FRESH_NANOS) {
            remember(deliveries.paused());
            asked = System.nanoTime();
        }
        return channels;
    }

    private void remember(Set<String> now) {
        if (!now.equals(channels)) {
            channels = now;
            listener.pausedChanged(now);
        }
    }
}

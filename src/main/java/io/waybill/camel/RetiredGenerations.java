package io.waybill.camel;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generations nobody can enter any more, closed one by one when empty, away from the thread that switches. One that is not
 * empty after the longest drain is closed over whoever is still inside.
 */
final class RetiredGenerations {
    private static final Logger log = LoggerFactory.getLogger(RetiredGenerations.class);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);
    /** A request that found its path in the mapping just before the switch needs a moment to be counted. */
    private static final Duration SHORTEST_DRAIN = Duration.ofSeconds(1);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private record Retired(Generation generation, long since) {
        boolean olderThan(Duration age) {
            return System.nanoTime() - since > age.toNanos();
        }
    }

    private final Queue<Retired> waiting = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService closer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "waybill-retired-generations");
        thread.setDaemon(true);
        return thread;
    });

    RetiredGenerations() {
        closer.scheduleWithFixedDelay(
                this::closeEmpty, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close(@Nullable Generation generation) {
        if (generation != null) {
            waiting.add(new Retired(generation, System.nanoTime()));
        }
    }

    int size() {
        return waiting.size();
    }

    void closeNow() {
        closer.shutdownNow();
        waiting.forEach(retired -> retired.generation().close());
        waiting.clear();
    }

    private void closeEmpty() {
        waiting.removeIf(this::closed);
    }

    private boolean closed(Retired retired) {
        try {
            if (retired.olderThan(LONGEST_DRAIN)) {
                log.atWarn()
                        .addKeyValue("generation", retired.generation().number())
                        .log("Closing a generation over exchanges that never ended");
                retired.generation().close();
                return true;
            }
            return retired.olderThan(SHORTEST_DRAIN) && retired.generation().closeIfIdle();
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("generation", retired.generation().number())
                    .setCause(e)
                    .log("A generation did not close cleanly");
            return true;
        }
    }
}

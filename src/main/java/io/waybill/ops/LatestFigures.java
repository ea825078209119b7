package io.waybill.ops;

import io.waybill.ledger.LiveFigures.ChannelNow;
import io.waybill.ledger.LiveFigures.Figures;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's figures, read when somebody asks and shared by all who ask soon after. Watching costs at most a twentieth of
 * one connection however long a reading takes, and while PostgreSQL is away nobody waits for it longer than a second.
 */
final class LatestFigures implements AutoCloseable {
    private static final int REST = 20;

    private final Supplier<Figures> ledger;
    private final Duration fresh;
    private final Duration patience;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "waybill-figures");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Reading latest;

    LatestFigures(Supplier<Figures> ledger, Duration fresh, Duration patience) {
        this.ledger = ledger;
        this.fresh = fresh;
        this.patience = patience;
    }

    /** One reading, under way or done. */
    private final class Reading {
        private final CompletableFuture<Figures> answer = new CompletableFuture<>();
        private volatile boolean late;
        private volatile boolean done;
        private volatile long staleAt;

        private void run() {
            long began = System.nanoTime();
            try {
                answer.complete(ledger.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            } finally {
                long ended = System.nanoTime();
                staleAt = ended + (answer.isCompletedExceptionally() ? fresh.toNanos() : rest(ended - began));
                done = true;
            }
        }

        private long rest(long took) {
            return Math.max(fresh.toNanos(), REST * took);
        }

        private boolean isStale() {
            return done && System.nanoTime() - staleAt >= 0;
        }

        private Optional<Figures> figures() {
            try {
                return Optional.of(
                        late
                                ? answer.get(0, TimeUnit.NANOSECONDS)
                                : answer.get(patience.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                late = true;
            } catch (ExecutionException e) {
                // PostgreSQL is away: whoever asked says so.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        }
    }

    /** Empty while PostgreSQL is away. */
    Optional<Figures> now() {
        return current().figures();
    }

    Optional<ChannelNow> of(String channel) {
        return now().map(figures -> figures.channels().get(channel));
    }

    private synchronized Reading current() {
        Reading reading = latest;
        if (reading == null || reading.isStale()) {
            reading = new Reading();
            latest = reading;
            reader.execute(reading::run);
        }
        return reading;
    }

    /** The next who asks sees what was just changed. */
    synchronized void expire() {
        latest = null;
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}

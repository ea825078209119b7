package io.waybill.camel;

import io.waybill.channel.Bundle;
import io.waybill.flow.Routes;
import io.waybill.order.WaybillException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generation serves. A switch is all or nothing: either the new one serves whole, or the old one goes on as if
 * nothing had been tried. Requests need no lock and are never refused because of a switch: each runs whole on the
 * generation that it entered. The generation that served before is kept, paused, for {@link #rollback()}; the one before
 * that closes as soon as nobody is inside.
 */
public final class Generations implements Routes, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Generations.class);

    private final Candidates candidates;
    private final RetiredGenerations retired = new RetiredGenerations();
    private final ReentrantLock switching = new ReentrantLock();
    private volatile @Nullable Generation serving;
    private @Nullable Generation previous;

    Generations(Candidates candidates) {
        this.candidates = candidates;
    }

    /**
     * A generation that could serve: built and checked, its sources closed. Whoever prepared it switches to it or discards it.
     *
     * @param built how long that took
     * @param kept whether it served before and waits for a rollback
     */
    record Prepared(Generation generation, Duration built, boolean kept) {
        Bundle bundle() {
            return generation.bundle();
        }
    }

    /** Builds, checks and switches; takes as long as that takes. One at a time, callers queue. */
    public Outcome switchTo(Bundle bundle) {
        try {
            return switchTo(prepare(bundle));
        } catch (RefusedRoutes e) {
            return new Outcome.Refused(bundle.hash(), e.findings());
        }
    }

    /** Beside the one that serves, which notices nothing. */
    Prepared prepare(Bundle bundle) throws RefusedRoutes {
        long began = System.nanoTime();
        Generation candidate = candidates.build(bundle);
        return new Prepared(candidate, since(began), false);
    }

    /** The one that served before, when it ran these very files. */
    Optional<Prepared> kept(String hash) {
        switching.lock();
        try {
            return Optional.ofNullable(previous)
                    .filter(generation -> generation.bundle().hash().equals(hash))
                    .map(generation -> new Prepared(generation, Duration.ZERO, true));
        } finally {
            switching.unlock();
        }
    }

    void discard(Prepared prepared) {
        if (!prepared.kept()) {
            closeQuietly(prepared.generation());
        }
    }

    Outcome switchTo(Prepared prepared) {
        switching.lock();
        try {
            return new Outcome.Switched(
                    prepared.bundle().hash(),
                    prepared.generation().number(),
                    prepared.built(),
                    prepared.kept() ? goBack() : cutOver(prepared.generation()));
        } catch (RefusedRoutes e) {
            return new Outcome.Refused(prepared.bundle().hash(), e.findings());
        } finally {
            switching.unlock();
        }
    }

    /** Back to the bundle that served before, at once: it is still there. A second call goes forward again. */
    public Outcome rollback() {
        switching.lock();
        try {
            Duration took = goBack();
            return new Outcome.Switched(serving().bundle().hash(), serving().number(), Duration.ZERO, took);
        } catch (RefusedRoutes e) {
            return new Outcome.Refused(serving().bundle().hash(), e.findings());
        } finally {
            switching.unlock();
        }
    }

    private Duration goBack() throws RefusedRoutes {
        long began = System.nanoTime();
        Generation from = serving();
        Generation to = previous;
        if (to == null) {
            throw new WaybillException(
                    RoutesError.NOTHING_TO_ROLL_BACK,
                    "No earlier version is kept: nothing was switched since the start.");
        }
        pause(from);
        try {
            resume(to);
        } catch (RuntimeException e) {
            pause(to);
            resume(from);
            throw new RefusedRoutes(List.of(new Diagnosis(RouteFiles.of(to.bundle())).ofStarting(e)));
        }
        serving = to;
        previous = from;
        return since(began);
    }

    private Duration cutOver(Generation candidate) throws RefusedRoutes {
        long began = System.nanoTime();
        Generation old = serving;
        if (old != null) {
            pause(old);
        }
        try {
            candidate.openSources();
        } catch (Exception e) {
            candidate.close();
            if (old != null) {
                resume(old);
            }
            throw new RefusedRoutes(List.of(new Diagnosis(RouteFiles.of(candidate.bundle())).ofStarting(e)));
        }
        serving = candidate;
        retired.close(previous);
        previous = old;
        return since(began);
    }

    private static void pause(Generation generation) {
        try {
            generation.pauseSources();
        } catch (SchedulerException e) {
            throw new IllegalStateException(
                    "the sources of generation " + generation.number() + " cannot be paused", e);
        }
    }

    private static void resume(Generation generation) {
        try {
            generation.resumeSources();
        } catch (SchedulerException e) {
            throw new IllegalStateException(
                    "the sources of generation " + generation.number() + " cannot be resumed", e);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public Bundle bundle() {
        return serving().bundle();
    }

    /** Counts every attempt since the start, the refused ones too. */
    public int number() {
        return serving().number();
    }

    @Override
    public Exchange request(String endpoint, Consumer<Exchange> prepare) {
        Generation generation = serving();
        while (!generation.enter()) {
            generation = serving();
        }
        try {
            return generation.request(endpoint, prepare);
        } finally {
            generation.leave();
        }
    }

    private Generation serving() {
        Generation generation = serving;
        if (generation == null) {
            throw new WaybillException(
                    RoutesError.NOTHING_SERVES, "No routes are running: the server is starting or stopping.");
        }
        return generation;
    }

    @Nullable
    Generation servingOrNull() {
        return serving;
    }

    int retiredCount() {
        return retired.size();
    }

    /** Nothing new comes in; what is under way ends or is cut off after the grace period of a context's stop. */
    @Override
    public void close() {
        switching.lock();
        try {
            Generation last = serving;
            serving = null;
            retired.closeNow();
            closeQuietly(previous);
            closeQuietly(last);
            previous = null;
        } finally {
            switching.unlock();
        }
    }

    private static void closeQuietly(@Nullable Generation generation) {
        if (generation == null) {
            return;
        }
        try {
            generation.close();
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("generation", generation.number())
                    .setCause(e)
                    .log("A generation did not close cleanly");
        }
    }
}

package io.waybill.flow;

import io.waybill.channel.Channel;
import io.waybill.ledger.Claimed;
import io.waybill.ledger.Deliveries;
import io.waybill.ledger.Deliveries.Appetite;
import io.waybill.ledger.Outcome;
import io.waybill.ledger.Settlement;
import io.waybill.ledger.Statuses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery loop. One thread turns: it writes the outcomes that came in and claims what each channel has room for, both
 * in one transaction; workers send. Woken by commits and by finished sends, with a poll every second as a backstop.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
    /** All time-outs of one delivery's calls (look twice, send: 25 s each) lie well inside. */
    static final Duration LEASE = Duration.ofSeconds(120);

    /** Claimed ahead and not begun by then: handed back, since the time-outs of its calls would outlive the lease. */
    private static final Duration STALE = Duration.ofSeconds(40);

    private static final long POLL_MILLIS = 1_000;
    private static final int BATCH = 256;
    /** With so many outcomes a turn it is worth a moment to gather more. */
    private static final int BUSY = 8;

    private static final long GATHER_MILLIS = 10;
    private static final long INTERRUPTED_MILLIS = 2_000;

    private final Routes routes;
    private final Deliveries deliveries;
    private final ChannelGates gates;
    private final Courier courier;
    private final Supplier<Set<String>> paused;
    private final Shadows shadows;
    private final Wake wake;
    private final FlowListener listener;
    private final Traces traces;
    private final ExecutorService workers;
    private final Duration patience;
    private final Queue<Settlement> finished = new ConcurrentLinkedQueue<>();
    /** When each lane in hand was claimed, by {@link System#nanoTime()}. */
    private final Map<Long, Long> inHand = new ConcurrentHashMap<>();

    private final Thread loop = new Thread(this::turnUntilClosed, "waybill-dispatcher");
    private volatile boolean claiming = true;

    /**
     * @param paused the channels that somebody paused
     * @param shadows what waited when a channel went into shadow mode goes on waiting
     * @param patience how long {@link #close} waits for sends under way
     */
    public Dispatcher(
            Routes routes,
            Deliveries deliveries,
            ChannelGates gates,
            RetrySchedule retries,
            Statuses statuses,
            Supplier<Set<String>> paused,
            Shadows shadows,
            Wake wake,
            FlowListener listener,
            Traces traces,
            ExecutorService workers,
            Duration patience) {
        this.traces = traces;
        this.routes = routes;
        this.deliveries = deliveries;
        this.gates = gates;
        this.courier = new Courier(routes, deliveries, gates, retries, statuses);
        this.paused = paused;
        this.shadows = shadows;
        this.wake = wake;
        this.listener = listener;
        this.workers = workers;
        this.patience = patience;
        loop.setDaemon(true);
    }

    public void start() {
        deliveries.reclaim();
        loop.start();
    }

    private void turnUntilClosed() {
        List<Settlement> unwritten = new ArrayList<>();
        while (claiming || !inHand.isEmpty() || !finished.isEmpty() || !unwritten.isEmpty()) {
            try {
                if (turn(unwritten) >= BUSY) {
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                }
                wake.await(POLL_MILLIS);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // Outcomes stay in the list and are written as soon as PostgreSQL is back.
                log.atWarn()
                        .addKeyValue("unwritten", unwritten.size())
                        .setCause(e)
                        .log("A delivery turn failed");
                if (!rest()) {
                    return;
                }
            }
        }
    }

    private boolean rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Answers how many outcomes it wrote. */
    private int turn(List<Settlement> unwritten) {
        while (unwritten.size() < BATCH && !finished.isEmpty()) {
            unwritten.add(finished.remove());
        }
        Map<String, Appetite> wanted = claiming ? appetites(unwritten) : Map.of();
        if (unwritten.isEmpty() && wanted.isEmpty()) {
            return 0;
        }
        List<Claimed> claimed = deliveries.turn(unwritten, wanted, LEASE);
        long now = System.nanoTime();
        unwritten.forEach(s -> inHand.remove(s.claimed().laneId()));
        int written = unwritten.size();
        unwritten.clear();
        claimed.forEach(c -> send(c, now));
        return written;
    }

    private Map<String, Appetite> appetites(List<Settlement> ended) {
        Map<String, Integer> sends = new HashMap<>();
        ended.forEach(s -> sends.merge(s.claimed().channel(), 1, Integer::sum));
        Set<String> stopped = paused.get();
        Map<String, Appetite> wanted = new HashMap<>();
        for (Channel channel : routes.bundle().channels().values()) {
            ChannelGate gate = gates.of(channel);
            gate.ended(sends.getOrDefault(channel.name(), 0));
            boolean sendsNothing = stopped.contains(channel.name()) || shadows.isShadow(channel);
            int lanes = sendsNothing ? 0 : gate.appetite();
            if (lanes > 0) {
                wanted.put(channel.name(), new Appetite(lanes, Courier.marksLate(channel)));
            }
        }
        return wanted;
    }

    private void send(Claimed claimed, long since) {
        inHand.put(claimed.laneId(), since);
        @Nullable
        ChannelGate gate =
                routes.bundle().channel(claimed.channel()).map(gates::of).orElse(null);
        if (gate == null) {
            workers.execute(() -> work(claimed));
        } else if (gate.take(claimed)) {
            workers.execute(() -> workOff(gate, claimed));
        }
    }

    private void workOff(ChannelGate gate, Claimed first) {
        for (Claimed claimed = first; claimed != null; claimed = gate.next()) {
            work(claimed);
        }
    }

    private void work(Claimed claimed) {
        try (LogNames names = LogNames.of(claimed)) {
            finish(claimed, isStale(claimed) ? courier.handBack(claimed) : deliver(claimed));
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("delivery", claimed.deliveryId())
                    .setCause(e)
                    .log("A delivery failed for a reason of our own");
            finish(claimed, broken(claimed));
        }
        wake.signal();
    }

    private boolean isStale(Claimed claimed) {
        @Nullable Long since = inHand.get(claimed.laneId());
        return !claiming || since != null && System.nanoTime() - since > STALE.toNanos();
    }

    private @Nullable Settlement deliver(Claimed claimed) {
        long began = System.nanoTime();
        Settlement settlement = deliverTraced(claimed);
        if (settlement != null) {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            listener.settled(claimed.channel(), claimed.operation(), settlement.outcome(), took);
        }
        return settlement;
    }

    private @Nullable Settlement deliverTraced(Claimed claimed) {
        try (Traces.Step step = traces.delivering(claimed)) {
            Settlement settlement = courier.deliver(claimed);
            step.ended(settlement == null ? "lease-lost" : settlement.outcome().word());
            return settlement;
        }
    }

    private void finish(Claimed claimed, @Nullable Settlement settlement) {
        if (settlement == null) {
            inHand.remove(claimed.laneId());
        } else {
            finished.add(settlement);
        }
    }

    /** Whatever went wrong, it cannot be said that nothing left. */
    private static Settlement broken(Claimed claimed) {
        Outcome outcome =
                new Outcome.Ambiguous("internal-error", "A defect of ours; see the log.", Duration.ofMinutes(1));
        return new Settlement(claimed, outcome, claimed.isState() ? claimed.revision() : 0, 0, null, null, null);
    }

    public int inHand() {
        return inHand.size();
    }

    /** From now on nothing more is claimed, and what is not begun is handed back. */
    void stopClaiming() {
        claiming = false;
        wake.signal();
    }

    /** Waits for what is being sent and writes its outcomes. What takes longer is given up: free at once, its outcome in doubt. */
    @Override
    public void close() throws InterruptedException {
        stopClaiming();
        loop.join(patience.toMillis());
        workers.shutdown();
        if (loop.isAlive()) {
            log.atWarn()
                    .addKeyValue("deliveries", inHand.size())
                    .log("Stopped before all answers had come; these sends count as ambiguous");
            loop.interrupt();
            loop.join(INTERRUPTED_MILLIS);
            deliveries.release();
        }
    }
}

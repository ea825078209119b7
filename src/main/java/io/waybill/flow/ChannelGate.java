package io.waybill.flow;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.waybill.channel.Channel.Limits;
import io.waybill.ledger.Claimed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How much may go to one channel right now: its concurrency, its rate and its circuit. A fault of the channel opens the
 * circuit at once; then one probe goes at growing gaps, and the first that comes back closes it.
 *
 * <p>A quick channel has a few lanes claimed ahead, about as many as it sent since the last turn, so that its senders need
 * not wait for the next one and a turn has many outcomes to write at once.
 */
final class ChannelGate {
    private static final int CALLS_WATCHED = 20;
    private static final int MOST_AHEAD = 4;

    private final Limits limits;
    private final CircuitBreaker circuit;
    private Share share;
    private int concurrency;
    private Bucket rate;
    private final Queue<Claimed> ahead = new ArrayDeque<>();
    private int mayBeAhead;
    private int sending;

    /**
     * @param limits of the channel, over all servers
     * @param share of this server in them
     * @param firstGap how long after a fault of the channel it is probed; doubles up to {@code lastGap}
     * @param changed told of the circuit's new state
     */
    ChannelGate(
            String channel, Limits limits, Share share, Duration firstGap, Duration lastGap, Consumer<String> changed) {
        this.limits = limits;
        this.share = share;
        this.concurrency = share.concurrency(limits);
        this.rate = bucket(share.rate(limits), Long.MAX_VALUE);
        this.circuit = CircuitBreaker.of(
                channel,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(CALLS_WATCHED)
                        .minimumNumberOfCalls(CALLS_WATCHED)
                        .failureRateThreshold(60)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(firstGap, 2, lastGap))
                        .build());
        circuit.getEventPublisher()
                .onStateTransition(
                        event -> changed.accept(word(event.getStateTransition().getToState())));
    }

    /** Servers came or went: what is under way stays, and so does the circuit. */
    synchronized void share(Share now) {
        if (!now.equals(share)) {
            share = now;
            concurrency = now.concurrency(limits);
            // Nobody gets a fresh burst because a server came or went.
            rate = bucket(now.rate(limits), rate.getAvailableTokens());
        }
    }

    private static Bucket bucket(double rate, long tokens) {
        if (Double.isInfinite(rate)) {
            return bucket(1_000_000, Duration.ofSeconds(1), 1_000_000);
        }
        // Buckets count whole tokens: a rate of 0.5/s is one token every two seconds.
        long capacity = Math.max(1, (long) rate);
        return bucket(capacity, Duration.ofNanos((long) (capacity / rate * 1_000_000_000L)), tokens);
    }

    private static Bucket bucket(long capacity, Duration period, long tokens) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(capacity)
                        .refillGreedy(capacity, period)
                        .initialTokens(Math.min(capacity, tokens))
                        .build())
                .build();
    }

    Limits limits() {
        return limits;
    }

    /** How many of its sends ended since the last turn. */
    synchronized void ended(int sends) {
        mayBeAhead = Math.min(sends, MOST_AHEAD * concurrency);
    }

    /** How many more lanes to claim now. */
    synchronized int appetite() {
        int free = concurrency + mayBeAhead - inHand();
        if (concurrency == 0 || free <= 0) {
            return 0;
        }
        int allowed = (int) Math.min(free, rate.getAvailableTokens());
        return switch (circuit.getState()) {
            case OPEN -> probeDue() && allowed > 0 ? 1 : 0;
            case HALF_OPEN -> inHand() == 0 ? Math.min(1, allowed) : 0;
            case CLOSED, DISABLED, METRICS_ONLY, FORCED_OPEN -> allowed;
        };
    }

    private int inHand() {
        return sending + ahead.size();
    }

    /** Asking for permission is what moves an open circuit to half open once its gap is over; it is given back at once. */
    private boolean probeDue() {
        if (inHand() == 0 && circuit.tryAcquirePermission()) {
            circuit.releasePermission();
            return true;
        }
        return false;
    }

    /** True when a worker is to start for it; else one that is at work takes it over. */
    synchronized boolean take(Claimed claimed) {
        rate.tryConsume(1);
        if (sending < Math.max(1, concurrency)) {
            sending++;
            return true;
        }
        ahead.add(claimed);
        return false;
    }

    /** What a worker sends after the one that it has done; null when it may go. */
    synchronized @Nullable Claimed next() {
        Claimed next = ahead.poll();
        if (next == null) {
            sending--;
        }
        return next;
    }

    /** False when the circuit opened since the claim. */
    boolean mayEnter() {
        return circuit.tryAcquirePermission();
    }

    void answered() {
        circuit.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    void unanswered(Throwable fault) {
        circuit.onError(0, TimeUnit.NANOSECONDS, fault);
    }

    /** A fault of the channel as a whole: everybody waits for the probe. */
    void down(Throwable fault) {
        CircuitBreaker.State before = circuit.getState();
        circuit.onError(0, TimeUnit.NANOSECONDS, fault);
        if (before == CircuitBreaker.State.CLOSED && circuit.getState() == CircuitBreaker.State.CLOSED) {
            circuit.transitionToOpenState();
        }
    }

    void unused() {
        circuit.releasePermission();
    }

    String circuit() {
        return word(circuit.getState());
    }

    private static String word(CircuitBreaker.State state) {
        return switch (state) {
            case OPEN, FORCED_OPEN -> "open";
            case HALF_OPEN -> "half-open";
            case CLOSED, DISABLED, METRICS_ONLY -> "closed";
        };
    }

    /** Somebody says that the channel is back: try at once. */
    void close() {
        circuit.reset();
    }
}

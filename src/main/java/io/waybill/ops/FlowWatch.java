package io.waybill.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waybill.flow.FlowListener;
import io.waybill.flow.Inbox;
import io.waybill.ledger.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.context.ApplicationEventPublisher;

/** Counts what the flow tells, and passes on what somebody may want to be woken for. */
final class FlowWatch implements FlowListener {
    private static final LongSupplier SECONDS = () -> TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final ApplicationEventPublisher events;
    private final MeterProvider<Counter> stored;
    private final MeterProvider<Counter> duplicates;
    private final MeterProvider<Counter> conflicts;
    private final MeterProvider<Counter> imports;
    private final MeterProvider<Counter> deliveries;
    private final MeterProvider<Timer> seconds;
    private final RecentRate receiving = new RecentRate(SECONDS);
    private final RecentRate importing = new RecentRate(SECONDS);
    private final RecentRate delivering = new RecentRate(SECONDS);
    private volatile Set<String> paused = Set.of();

    FlowWatch(MeterRegistry meters, ApplicationEventPublisher events) {
        this.events = events;
        stored = counter(meters, "waybill.receipts.stored", "Messages that became a new receipt");
        duplicates = counter(meters, "waybill.receipts.duplicates", "Messages that were stored before, answered alike");
        conflicts = counter(meters, "waybill.receipts.conflicts", "Messages with a known event id and other content");
        imports = counter(meters, "waybill.imports", "Receipts that import took up, by what became of them");
        deliveries = counter(meters, "waybill.deliveries", "Deliveries taken up, by what became of them");
        seconds = Timer.builder("waybill.delivery.seconds")
                .description("From the start of an operation to its outcome, look-ups included")
                .serviceLevelObjectives(BUCKETS)
                .withRegistry(meters);
    }

    private static MeterProvider<Counter> counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name).description(description).withRegistry(meters);
    }

    /** From now on these show zero rather than nothing. */
    void show(Collection<String> channels) {
        for (String channel : channels) {
            Arrays.stream(Inbox.Fate.values()).forEach(fate -> counter(channel, fate));
            Arrays.stream(Taken.values()).forEach(taken -> counter(channel, taken));
        }
    }

    @Override
    public void received(String channel, Inbox.Fate fate) {
        counter(channel, fate).increment();
        if (fate == Inbox.Fate.STORED) {
            receiving.happened();
        }
    }

    private Counter counter(String channel, Inbox.Fate fate) {
        return (switch (fate) {
                    case STORED -> stored;
                    case DUPLICATE -> duplicates;
                    case CONFLICT -> conflicts;
                })
                .withTags("channel", channel);
    }

    @Override
    public void imported(String channel, Taken taken) {
        counter(channel, taken).increment();
        if (taken == Taken.IMPORTED) {
            importing.happened();
        }
    }

    private Counter counter(String channel, Taken taken) {
        return imports.withTags("channel", channel, "outcome", taken.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void settled(String channel, String operation, Outcome outcome, Duration took) {
        deliveries
                .withTags("channel", channel, "operation", operation, "outcome", outcome.word())
                .increment();
        seconds.withTags("channel", channel, "operation", operation).record(took);
        if (outcome instanceof Outcome.Delivered) {
            delivering.happened();
        }
    }

    @Override
    public void circuitChanged(String channel, String circuit) {
        events.publishEvent(new CircuitChanged(channel, circuit));
    }

    @Override
    public void pausedChanged(Set<String> now) {
        Set<String> before = paused;
        paused = now;
        events.publishEvent(new PausesChanged(without(now, before), without(before, now)));
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    /** The channels that the flow holds back, as it last knew. */
    Set<String> paused() {
        return paused;
    }

    double receiveRate() {
        return receiving.perSecond();
    }

    double importRate() {
        return importing.perSecond();
    }

    double deliveryRate() {
        return delivering.perSecond();
    }
}

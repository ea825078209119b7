package io.waybill.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.flow.ChannelGates;
import io.waybill.flow.FlowListener;
import io.waybill.ledger.LiveFigures.Figures;
import io.waybill.ledger.LiveFigures.ReceiptsNow;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LatestFiguresTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Figures NONE = new Figures(Map.of(), new ReceiptsNow(0, 0, 0, 0, 0));

    private final AtomicInteger readings = new AtomicInteger();

    @Test
    void readsOnceForAllWhoAskSoonAfterEachOther() {
        LatestFigures figures = new LatestFigures(this::counted, LONG, LONG);
        for (int i = 0; i < 100; i++) {
            assertThat(figures.now()).contains(NONE);
        }
        assertThat(readings).hasValue(1);
    }

    @Test
    void readsAgainAfterAChange() {
        LatestFigures figures = new LatestFigures(this::counted, LONG, LONG);
        figures.now();
        figures.expire();
        figures.now();
        assertThat(readings).hasValue(2);
    }

    @Test
    void saysNothingWhilePostgresqlIsAway() {
        assertThat(new LatestFigures(LatestFiguresTest::away, LONG, LONG).now()).isEmpty();
    }

    @Test
    void waitsOnceForAReadingThatHangs() {
        CountDownLatch never = new CountDownLatch(1);
        LatestFigures figures = new LatestFigures(() -> hang(never), LONG, Duration.ofMillis(200));
        long began = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(figures.now()).isEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        never.countDown();
    }

    @Test
    void recoversWhenPostgresqlIsBack() {
        Supplier<Figures> once = () -> readings.incrementAndGet() == 1 ? away() : NONE;
        LatestFigures figures = new LatestFigures(once, SHORT, LONG);
        assertThat(figures.now()).isEmpty();
        await().until(() -> figures.now().isPresent());
    }

    @Test
    void aChannelAnswersEveryAttributeWhilePostgresqlIsAway() {
        ChannelGates gates = new ChannelGates(SHORT, LONG, FlowListener.NOBODY);
        FlowWatch watch = new FlowWatch(new SimpleMeterRegistry(), event -> {});
        LiveChannel channel =
                new LiveChannel("store", new LatestFigures(LatestFiguresTest::away, LONG, LONG), gates, watch, null);
        watch.pausedChanged(Set.of("store"));
        assertThat(channel.getBacklog()).isEqualTo(ChannelMXBean.AWAY);
        assertThat(channel.getLastDelivered()).isEqualTo("unknown");
        assertThat(channel.isPaused()).as("as last known").isTrue();
        assertThat(channel.getCircuit()).isEqualTo("closed");
    }

    private Figures counted() {
        readings.incrementAndGet();
        return NONE;
    }

    private static Figures away() {
        throw new IllegalStateException("away");
    }

    private static Figures hang(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return NONE;
    }
}

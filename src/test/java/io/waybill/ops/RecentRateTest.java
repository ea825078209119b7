package io.waybill.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentRateTest {
    private final AtomicLong second = new AtomicLong(1_000);
    private final RecentRate rate = new RecentRate(second::get);

    @Test
    void isTheMeanOfTheLastMinute() {
        happened(120);
        assertThat(rate.perSecond()).isEqualTo(2);
        second.addAndGet(30);
        happened(60);
        assertThat(rate.perSecond()).isEqualTo(3);
    }

    @Test
    void forgetsWhatIsAMinuteOld() {
        happened(120);
        second.addAndGet(59);
        assertThat(rate.perSecond()).isEqualTo(2);
        second.addAndGet(1);
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void isZeroAfterALongRest() {
        happened(10);
        second.addAndGet(100_000);
        assertThat(rate.perSecond()).isZero();
    }

    private void happened(int times) {
        for (int i = 0; i < times; i++) {
            rate.happened();
        }
    }
}

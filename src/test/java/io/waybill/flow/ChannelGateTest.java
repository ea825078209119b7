package io.waybill.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.channel.Channel.Limits;
import io.waybill.ledger.Claimed;
import io.waybill.ledger.Overlay;
import io.waybill.order.OrderCancelled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelGateTest {
    private static final double UNLIMITED = Double.POSITIVE_INFINITY;

    private final List<String> circuits = new ArrayList<>();

    private ChannelGate gate(double rate, int concurrency) {
        return new ChannelGate(
                "shop",
                new Limits(rate, concurrency),
                Share.WHOLE,
                Duration.ofHours(1),
                Duration.ofHours(1),
                circuits::add);
    }

    private static Claimed delivery(long id) {
        return new Claimed(
                id,
                id,
                1,
                id,
                id,
                "shop",
                "cancel-order",
                "key-" + id,
                "market",
                "1",
                "#1",
                1,
                null,
                null,
                0,
                new OrderCancelled("1", "c1", null, "customer", null, List.of()),
                false,
                0,
                1,
                0,
                Overlay.NONE,
                null,
                0,
                0,
                false,
                null);
    }

    @Test
    void takesItsShareOfWhatAllServersMaySendAtOnce() {
        ChannelGate gate = gate(UNLIMITED, 5);
        gate.share(new Share(0, 2));
        assertThat(gate.appetite()).isEqualTo(3);
        gate.share(new Share(1, 2));
        assertThat(gate.appetite()).isEqualTo(2);
        gate.share(Share.WHOLE);
        assertThat(gate.appetite()).isEqualTo(5);
    }

    @Test
    void leavesAChannelToOthersWhereThereAreMoreServersThanCalls() {
        ChannelGate gate = gate(4, 1);
        gate.share(new Share(1, 2));
        assertThat(gate.appetite()).isZero();
        gate.share(new Share(0, 2));
        assertThat(gate.appetite()).isEqualTo(1);
    }

    @Test
    void dividesTheRateWithoutAFreshBurst() {
        ChannelGate gate = gate(0.001, 8);
        gate.take(delivery(1));
        gate.share(new Share(0, 2));
        assertThat(gate.appetite()).isZero();
    }

    @Test
    void sharesAddUpToTheLimit() {
        Limits limits = new Limits(6, 5);
        for (int servers = 1; servers <= 8; servers++) {
            int calls = 0;
            double rate = 0;
            for (int place = 0; place < servers; place++) {
                Share share = new Share(place, servers);
                calls += share.concurrency(limits);
                rate += share.concurrency(limits) == 0 ? 0 : share.rate(limits);
            }
            assertThat(calls).isEqualTo(5);
            assertThat(rate).isCloseTo(6, org.assertj.core.data.Offset.offset(0.001));
        }
    }

    @Test
    void startsNoMoreWorkersThanMaySendAtOnce() {
        ChannelGate gate = gate(UNLIMITED, 2);
        gate.ended(3);
        assertThat(gate.appetite()).isEqualTo(5);
        assertThat(gate.take(delivery(1))).isTrue();
        assertThat(gate.take(delivery(2))).isTrue();
        assertThat(gate.take(delivery(3))).isFalse();
        assertThat(gate.take(delivery(4))).isFalse();
        assertThat(gate.appetite()).isOne();
    }

    @Test
    void aWorkerTakesOverWhatWasClaimedAheadInItsOrder() {
        ChannelGate gate = gate(UNLIMITED, 1);
        gate.ended(2);
        gate.take(delivery(1));
        gate.take(delivery(2));
        gate.take(delivery(3));
        assertThat(gate.next()).extracting(Claimed::deliveryId).isEqualTo(2L);
        assertThat(gate.next()).extracting(Claimed::deliveryId).isEqualTo(3L);
        assertThat(gate.next()).isNull();
        assertThat(gate.take(delivery(4))).as("a worker starts again").isTrue();
    }

    @Test
    void claimsNothingAheadOfASlowChannel() {
        ChannelGate gate = gate(UNLIMITED, 2);
        gate.take(delivery(1));
        gate.take(delivery(2));
        gate.ended(0);
        assertThat(gate.appetite()).isZero();
    }

    @Test
    void claimsAheadAFewTimesItsConcurrencyAtMost() {
        ChannelGate gate = gate(UNLIMITED, 2);
        gate.ended(1_000);
        assertThat(gate.appetite()).isEqualTo(10);
    }

    @Test
    void neverClaimsMoreThanTheRateAllows() {
        ChannelGate gate = gate(3.0 / 3600, 8);
        assertThat(gate.appetite()).isOne();
        gate.take(delivery(1));
        assertThat(gate.appetite()).isZero();
        assertThat(gate.next()).isNull();
        assertThat(gate.appetite()).as("done, but the hour is not over").isZero();
    }

    @Test
    void aFaultOfTheChannelHoldsEverythingBack() {
        ChannelGate gate = gate(UNLIMITED, 4);
        assertThat(gate.mayEnter()).isTrue();
        gate.down(new IOException("refused"));
        assertThat(gate.appetite()).isZero();
        assertThat(gate.mayEnter()).isFalse();
        assertThat(circuits).containsExactly("open");
        gate.close();
        assertThat(gate.appetite()).isEqualTo(4);
    }
}

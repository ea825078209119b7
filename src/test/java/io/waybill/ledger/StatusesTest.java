package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.event;
import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import io.waybill.ledger.Statuses.Standing;
import io.waybill.order.StatusChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Held statuses, and what a run gets to see, on a real PostgreSQL. Statuses are told by the shop, about its order. */
class StatusesTest {
    private static final Outcome.Later HELD =
            new Outcome.Later("awaiting-mapping", "status-unmapped", "no meaning", Duration.ofHours(1));

    private final TestDatabase database = TestDatabase.fresh();
    private final LedgerScene scene = new LedgerScene(database);
    private final Ledger ledger = new Ledger(database.dataSource());
    private final Statuses statuses = new Statuses(database.dataSource());
    private final Awaiting awaiting = new Awaiting(database.dataSource());

    @Test
    void aHeldStatusHoldsBackNothingButItself() {
        delivered("1");
        tell("1", "Odd", null);
        scene.settle(only(), HELD);
        assertThat(scene.claim("store")).isEmpty();

        scene.receive(
                event(
                        "{\"type\":\"shipment\",\"orderId\":\"1\",\"id\":\"s1\",\"lines\":[{\"id\":\"1\",\"quantity\":1}]}"),
                publish("store"));
        Claimed shipment = only();
        assertThat(shipment.operation()).isEqualTo("ship-order");
        scene.settle(shipment, new Outcome.Delivered(null, null));
        assertThat(scene.claim("store")).as("still held").isEmpty();
    }

    @Test
    void whatStandsBehindAHeldStatusIsNotBlockedByIt() {
        delivered("1");
        tell("1", "Odd", null);
        scene.settle(only(), HELD);
        tell("1", "Shipped", null);
        DeliveryViews views = new DeliveryViews(database.dataSource());
        DeliveryFilter waiting = new DeliveryFilter(DeliveryState.WAITING, null, null, null, null, null);
        assertThat(views.list(waiting, null, 10).items())
                .extracting(DeliveryRow::reason)
                .containsExactly("due", "awaiting-mapping");
    }

    @Test
    void isWokenForItsChannelAndNoOther() {
        delivered("1");
        tell("1", "Odd", null);
        scene.settle(only(), HELD);
        assertThat(awaiting.wake(Set.of("store"), Set.of("erp"))).isZero();
        assertThat(scene.claim("store")).isEmpty();
        assertThat(awaiting.wake(Set.of(), Set.of("store"))).isEqualTo(1);
        assertThat(only().event()).isEqualTo(new StatusChanged("1", "Odd", null));
    }

    @Test
    void isLookedAtAgainInItsTurnThoughNobodyWokeIt() {
        delivered("1");
        tell("1", "Odd", null);
        scene.settle(only(), new Outcome.Later("awaiting-mapping", "status-unmapped", "no meaning", Duration.ZERO));
        assertThat(only().operation()).isEqualTo("set-status");
    }

    @Test
    void anUnknownSkuStillHoldsBackWhatComesAfterTheCreate() {
        scene.receive(order("1", "paid", 1), publish("store"));
        scene.settle(
                only(), new Outcome.Later("awaiting-mapping", "unknown-sku", "no such article", Duration.ofHours(1)));
        tell("1", "Shipped", null);
        assertThat(scene.claim("store")).isEmpty();
        assertThat(awaiting.wake(Set.of("store"), Set.of())).isEqualTo(1);
        assertThat(only().operation()).isEqualTo("create-order");
    }

    @Test
    void aLaterWordOvertakesAnEarlierOne() {
        delivered("1");
        tell("1", "Delivered", "2026-11-21T10:00:00Z");
        Claimed late = only();
        assertThat(statuses.origin(late.eventId(), "store")).isEqualTo(new Statuses.Origin("shop", false));
        scene.settle(late, new Outcome.Delivered(null, null));
        tell("1", "Shipped", "2026-11-20T10:00:00Z");
        assertThat(statuses.origin(only().eventId(), "store").overtaken()).isTrue();
    }

    @Test
    void aWordThatIsHeldItselfOvertakesNobody() {
        delivered("1");
        tell("1", "Odd", "2026-11-21T10:00:00Z");
        scene.settle(only(), HELD);
        tell("1", "Shipped", "2026-11-20T10:00:00Z");
        assertThat(statuses.origin(only().eventId(), "store").overtaken()).isFalse();
    }

    @Test
    void knowsWhatAChannelWasToldUntilItSaysOtherwise() {
        long id = delivered("1");
        assertThat(ledger.statusToldTo(id, "shop")).isNull();
        statuses.told(id, "shop", "shipped", 1);
        statuses.told(id, "shop", "delivered", 1);
        assertThat(ledger.statusToldTo(id, "shop")).isEqualTo("delivered");
        tell("1", "On hold", null);
        assertThat(ledger.statusToldTo(id, "shop")).isNull();
    }

    @Test
    void showsARunWhereOrdersStand() {
        long silent = delivered("silent");
        long talking = delivered("talking");
        scene.receive(order("stranger", "paid", 1));
        scene.receive(order("gone", "cancelled", 1), publish("store"));
        scene.deliver("store");
        tell("talking", "Shipped", "2026-11-20T10:00:00Z");
        tell("talking", "Delivered", "2026-11-21T10:00:00Z");
        statuses.told(talking, "store", "shipped", 1);

        List<Standing> page = statuses.between("shop", "store", Long.MAX_VALUE);
        assertThat(page).extracting(Standing::order).startsWith(talking, silent).doesNotHaveDuplicates();
        assertThat(page).extracting(Standing::number).doesNotContain("#stranger");
        Standing standing = page.get(0);
        assertThat(standing.word()).isEqualTo("Delivered");
        assertThat(standing.at()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
        assertThat(standing.told()).isEqualTo("shipped");
        assertThat(standing.state()).isEqualTo("waiting");
        assertThat(standing.fromId()).isEqualTo("talking");
        assertThat(standing.toId()).isEqualTo("S-talking");
        assertThat(standing.lines()).containsExactly("1", "2");
        assertThat(page.get(1).word()).as("an order's own state tells as well").isEqualTo("paid");
        assertThat(statuses.between("shop", "store", silent))
                .extracting(Standing::order)
                .doesNotContain(silent, talking);
    }

    @Test
    void publishesAKnownStatusAgainUnderAKeyOfItsOwn() {
        long id = delivered("1");
        tell("1", "Shipped", null);
        Claimed first = only();
        scene.settle(first, new Outcome.Delivered(null, null));
        Known before = ledger.look(id);
        assertThat(statuses.publish(before, first.eventId(), setStatus())).isTrue();
        assertThat(statuses.publish(before, first.eventId(), setStatus()))
                .as("the order changed")
                .isFalse();
        Claimed again = only();
        assertThat(again.event()).isEqualTo(first.event());
        assertThat(again.key()).isNotEqualTo(first.key());
    }

    @Test
    void remembersTheWordsOfAChannel() {
        delivered("1");
        tell("1", "Shipped", null);
        tell("1", "Odd", null);
        assertThat(statuses.words("shop")).containsExactly("Odd", "Shipped");
        assertThat(statuses.words("store")).isEmpty();
    }

    private long delivered(String id) {
        long order = scene.receive(order(id, "paid", 1), publish("store"));
        scene.deliver("store");
        return order;
    }

    private void tell(String id, String word, String at) {
        scene.receive(new StatusChanged(id, word, at == null ? null : Instant.parse(at)), publish("store"));
    }

    private static Decided setStatus() {
        return new Decided("store", Verdict.PUBLISH, null, "set-status", true, false, null, Overlay.NONE, null);
    }

    private Claimed only() {
        List<Claimed> claimed = scene.claim("store");
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }
}

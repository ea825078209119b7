package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.event;
import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static io.waybill.ledger.LedgerScene.publishByHand;
import static io.waybill.ledger.LedgerScene.publishLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import io.waybill.order.Line;
import io.waybill.order.OrderChanged;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pushes of some lines, of more lines later, and where the destination takes no updates. Lines: 1 (two pieces), 2 (one). */
class ChosenLinesTest {
    private final TestDatabase database = TestDatabase.fresh();
    private final LedgerScene scene = new LedgerScene(database);
    private final OrderViews orders = new OrderViews(database.dataSource());

    @Test
    void moreLinesBeforeAnythingLeftGoWithTheFirst() {
        long id = waiting(publishByHand("store"));
        scene.push(id, List.of("1"), publish("store"));
        scene.push(id, List.of("2"), publish("store"));
        assertThat(scene.claim("store")).singleElement().satisfies(c -> {
            assertThat(c.operation()).isEqualTo("create-order");
            assertThat(lines(c)).containsExactly("1", "2");
        });
    }

    @Test
    void moreLinesLaterAreAnUpdateUnderAKeyOfItsOwn() {
        long id = waiting(publishByHand("store"));
        scene.push(id, List.of("1"), publish("store"));
        scene.deliver("store");
        assertThat(state(id)).isEqualTo(PushState.PARTIALLY_PUSHED);
        scene.push(id, List.of("2"), publish("store"));
        Claimed update = scene.claim("store").get(0);
        assertThat(update.operation()).isEqualTo("update-order");
        assertThat(update.isNeedless()).isFalse();
        assertThat(lines(update)).containsExactly("1", "2");
        scene.settle(update, new Outcome.Delivered(null, null));
        assertThat(state(id)).isEqualTo(PushState.PUSHED);
    }

    @Test
    void pushingWhatIsThereAlreadySendsNothing() {
        long id = waiting(publish("store"));
        scene.deliver("store");
        scene.push(id, null, publish("store"));
        scene.push(id, List.of("1"), publish("store"));
        assertThat(scene.claim("store")).isEmpty();
    }

    @Test
    void anAmbiguousSendIsRepeatedWithItsOwnLinesThoughMoreWereChosenSince() {
        long id = waiting(publishByHand("store"));
        scene.push(id, List.of("1"), publish("store"));
        scene.settle(scene.claim("store").get(0), new Outcome.Ambiguous("timeout", "no answer", Duration.ZERO));
        scene.push(id, List.of("2"), publish("store"));
        Claimed again = scene.claim("store").get(0);
        assertThat(again.operation()).isEqualTo("create-order");
        assertThat(lines(again)).containsExactly("1");
        scene.settle(again, new Outcome.Delivered("S1", null));
        assertThat(scene.claim("store")).singleElement().satisfies(c -> {
            assertThat(c.operation()).isEqualTo("update-order");
            assertThat(lines(c)).containsExactly("1", "2");
        });
    }

    @Test
    void whereNothingCanBeUpdatedMoreLinesAreASecondOrderOfTheirOwn() {
        long id = waiting(LedgerScene.rigid(publishByHand("supplier")));
        scene.push(id, List.of("1"), LedgerScene.rigid(publish("supplier")));
        Claimed first = scene.claim("supplier").get(0);
        scene.settle(first, new Outcome.Delivered("S1", null));
        scene.push(id, List.of("2"), LedgerScene.rigid(publish("supplier")));
        Claimed second = scene.claim("supplier").get(0);
        assertThat(second.operation()).isEqualTo("create-order");
        assertThat(second.part()).isEqualTo(2);
        assertThat(second.key()).isNotEqualTo(first.key());
        assertThat(second.reference()).isEqualTo(first.reference() + "-2");
        assertThat(lines(second)).containsExactly("2");
        scene.settle(second, new Outcome.Delivered("S2", null));
        assertThat(state(id)).isEqualTo(PushState.PUSHED);
        assertThat(orders.one(id).links())
                .extracting(OrderWhole.Link::externalId)
                .containsExactly("1", "S1", "S2");
    }

    @Test
    void aWholeOrderThatCannotBeUpdatedKeepsWhatItHasWhenANewLineBecomesPartTwo() {
        long id = waiting(LedgerScene.rigid(publish("supplier")));
        scene.deliver("supplier");
        scene.receive(threeLines(2), LedgerScene.rigid(publish("supplier")));
        assertThat(scene.claim("supplier")).as("held and shown").isEmpty();
        assertThat(state(id)).isEqualTo(PushState.PARTIALLY_PUSHED);
        scene.push(id, null, LedgerScene.rigid(publish("supplier")));
        assertThat(scene.claim("supplier")).singleElement().satisfies(c -> assertThat(lines(c))
                .containsExactly("3"));
    }

    @Test
    void aCancellationGoesToEveryPartThatHoldsItsLines() {
        long id = waiting(LedgerScene.rigid(publishByHand("supplier")));
        scene.push(id, List.of("1"), LedgerScene.rigid(publish("supplier")));
        scene.deliver("supplier");
        scene.push(id, List.of("2"), LedgerScene.rigid(publish("supplier")));
        scene.deliver("supplier");
        scene.receive(cancellation("c1", "2"), publish("supplier"));
        assertThat(scene.claim("supplier")).singleElement().satisfies(c -> {
            assertThat(c.part()).isEqualTo(2);
            scene.settle(c, new Outcome.Delivered(null, null));
        });
        scene.receive(event("{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c2\"}"), publish("supplier"));
        assertThat(scene.claim("supplier")).hasSize(2);
        assertThat(state(id)).isEqualTo(PushState.CANCELLED);
    }

    @Test
    void aCancellationOfLinesThatWereNeverThereIsWithheld() {
        long id = waiting(publishByHand("store"));
        scene.push(id, List.of("1"), publish("store"));
        scene.deliver("store");
        scene.receive(cancellation("c1", "2"), publish("store"));
        assertThat(scene.claim("store")).isEmpty();
        assertThat(orders.one(id).deliveries())
                .filteredOn(d -> d.operation().equals("cancel-order"))
                .extracting(DeliveryRow::reason)
                .containsExactly("not-linked");
    }

    @Test
    void aCancellationIsNarrowedToTheLinesThatAreThere() {
        long id = waiting(publishLines("store", "1"));
        scene.deliver("store");
        scene.receive(
                event(
                        """
                        {"type":"cancellation","orderId":"1","id":"c1","lines":[{"id":"1","quantity":1},{"id":"2","quantity":1}]}"""),
                publish("store"));
        Claimed claimed = scene.claim("store").get(0);
        assertThat(((io.waybill.order.OrderCancelled) claimed.event()).lines())
                .extracting(io.waybill.order.LineQuantity::id)
                .containsExactly("1");
        scene.settle(claimed, new Outcome.Delivered(null, null));
        OrderWhole.Quantity there = orders.one(id).lines().get(0).destinations().get("store");
        assertThat(there).isEqualTo(new OrderWhole.Quantity(PushState.PUSHED, 1, 2, 1, 0, 0, 1));
    }

    @Test
    void aChoiceStandsWhenTheSourceEditsTheOrder() {
        long id = waiting(publishByHand("store"));
        scene.push(id, List.of("1"), publish("store"));
        scene.deliver("store");
        scene.receive(threeLines(2), publish("store"));
        assertThat(scene.claim("store")).singleElement().satisfies(c -> assertThat(lines(c))
                .containsExactly("1"));
        assertThat(state(id)).isEqualTo(PushState.PARTIALLY_PUSHED);
    }

    @Test
    void anOrderCancelledBeforeItWasEverPushedIsNotCreated() {
        long id = scene.receive(order("1", "cancelled", 1), publish("store"));
        assertThat(scene.claim("store")).isEmpty();
        assertThat(state(id)).isEqualTo(PushState.CANCELLED);
    }

    @Test
    void aLateStateDoesNotBringACancelledOrderBack() {
        long id = waiting(publish("store"));
        scene.receive(event("{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c1\"}"), publish("store"));
        scene.receive(order("1", "paid", 2), publish("store"));
        assertThat(scene.claim("store")).isEmpty();
        assertThat(state(id)).isEqualTo(PushState.CANCELLED);
    }

    @Test
    void aSupplierThatCancelsDoesNotCancelTheOrder() {
        long id = waiting(publish("store"));
        scene.deliver("store");
        scene.receiveFrom(
                "store", "1", event("{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c1\"}"), publish("shop"));
        assertThat(state(id)).isNotEqualTo(PushState.CANCELLED);
        scene.deliver("shop");
        assertThat(state(id)).as("the source took it").isEqualTo(PushState.CANCELLED);
    }

    @Test
    void linesForcedAgainstARuleStayWhenTheRestIsPushedPlainly() {
        long id = waiting(publishLines("store", "1"));
        scene.push(id, List.of("1", "2"), publishLines("store", "1"));
        scene.push(id, null, publishLines("store", "1"));
        assertThat(lines(scene.claim("store").get(0))).containsExactly("1", "2");
    }

    @Test
    void twoSuppliersMayCallTheirShipmentsTheSame() {
        long id = waiting(publish("a"), publish("b"));
        scene.deliver("a");
        scene.deliver("b");
        scene.receiveFrom("a", "1", shipment("1", "1", 1), publish("shop"));
        scene.receiveFrom("b", "1", shipment("1", "2", 1), publish("shop"));
        scene.deliver("shop");
        assertThat(orders.one(id).lines()).extracting(OrderWhole.Line::shipped).containsExactly(1, 1);
    }

    private long waiting(Decided... decisions) {
        return scene.receive(order("1", "paid", 1), decisions);
    }

    private PushState state(long id) {
        return orders.one(id).row().push();
    }

    private static List<String> lines(Claimed claimed) {
        return claimed.seen(((OrderChanged) claimed.event()).order()).lines().stream()
                .map(Line::id)
                .toList();
    }

    private static io.waybill.order.Event cancellation(String id, String line) {
        return event(
                "{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"%s\",\"lines\":[{\"id\":\"%s\",\"quantity\":1}]}"
                        .formatted(id, line));
    }

    private static io.waybill.order.Event shipment(String id, String line, int quantity) {
        return event(
                "{\"type\":\"shipment\",\"orderId\":\"1\",\"id\":\"%s\",\"lines\":[{\"id\":\"%s\",\"quantity\":%d}]}"
                        .formatted(id, line, quantity));
    }

    private static io.waybill.order.Event threeLines(int version) {
        return event(
                """
                {"type":"order","order":{"id":"1","number":"#1","status":"paid","version":"%d","currency":"USD",
                 "lines":[{"id":"1","sku":"MUG","quantity":2},{"id":"2","sku":"CUP","quantity":1},{"id":"3","sku":"POT","quantity":1}]}}"""
                        .formatted(version));
    }
}

package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.event;
import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static io.waybill.ledger.LedgerScene.withhold;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.TestDatabase;
import io.waybill.order.EventJson;
import io.waybill.order.OrderChanged;
import io.waybill.order.WaybillException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A state that is carried out once more, on a real PostgreSQL. */
class RepublishTest {
    private final TestDatabase database = TestDatabase.fresh();
    private final LedgerScene scene = new LedgerScene(database);
    private final Ledger ledger = new Ledger(database.dataSource());
    private final Receipts receipts = new Receipts(database.dataSource(), "node-1");
    private final OrderViews orders = new OrderViews(database.dataSource());

    @Test
    void aDestinationThatHasItGetsAnUpdate() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        assertThat(republish(known(id), publish("store"))).isTrue();
        assertThat(scene.claim("store")).singleElement().satisfies(claimed -> {
            assertThat(claimed.operation()).isEqualTo("update-order");
            assertThat(claimed.isNeedless()).isFalse();
            assertThat(claimed.revision()).isEqualTo(2);
        });
    }

    @Test
    void aCreateThatIsStillWaitingStaysTheOnlyOne() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        republish(known(id), publish("store"));
        scene.deliver("store");
        assertThat(deliveries(id)).containsExactly("create-order delivered");
    }

    @Test
    void aCreateWhoseOutcomeIsUnknownIsNotRepeated() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.claim("store").forEach(c -> scene.settle(c, new Outcome.Unknown("outcome-unknown", "no answer")));
        republish(known(id), publish("store"));
        assertThat(deliveries(id)).containsExactly("create-order unknown", "update-order waiting");
        assertThat(scene.claim("store")).as("blocked by the create").isEmpty();
    }

    @Test
    void aFailedCreateIsTriedAgainUnderItsKey() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        String key = scene.claim("store").get(0).key();
        scene.execute("update lane set leased_until = now(), due_at = now()");
        scene.fail("store", "refused", "no");
        republish(known(id), publish("store"));
        assertThat(deliveries(id)).containsExactly("create-order waiting");
        assertThat(scene.claim("store").get(0).key()).isEqualTo(key);
    }

    @Test
    void whatWasWithheldAndIsPublishedNowIsCreated() {
        long id = scene.receive(order("1", "paid", 1), withhold("store", "no"));
        republish(known(id), publish("store"));
        scene.deliver("store");
        assertThat(deliveries(id)).containsExactly("create-order withheld", "create-order delivered");
    }

    @Test
    void changesNothingWhenTheOrderChangedSinceItWasLookedAt() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        Known before = known(id);
        scene.receive(order("1", "processing", 2), publish("store"));
        assertThat(republish(before, publish("store"))).isFalse();
        assertThat(known(id).revision()).isEqualTo(2);
        assertThat(receipts.waiting()).as("its receipt stays closed").isZero();
        assertThat(audit()).isEmpty();
    }

    @Test
    void whatIsOlderAtTheSourceStaysOlder() {
        long id = scene.receive(order("1", "paid", 3), publish("store"));
        Known before = known(id);
        republish(before, publish("store"));
        Known after = known(id);
        assertThat(after.newestReceipt()).isEqualTo(before.newestReceipt());
        assertThat(after.newest().version()).isEqualTo("3");
        assertThat(after.revision()).isEqualTo(2);
    }

    @Test
    void writesDownWhoDid() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        republish(known(id), publish("store"));
        assertThat(audit()).singleElement().satisfies(entry -> {
            assertThat(entry.by()).isEqualTo("olga");
            assertThat(entry.detail().at("/force").asBoolean()).isTrue();
        });
    }

    @Test
    void readsTheMessageAgainWhileItIsKept() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        long receipt = known(id).newestReceipt();
        assertThat(new String(Objects.requireNonNull(receipts.again(receipt)).body(), UTF_8))
                .contains("Ada Example");
        scene.execute("update receipt_body set body = ''");
        assertThat(receipts.again(receipt)).isNull();
        scene.execute("delete from receipt_body");
        assertThat(receipts.again(receipt)).isNull();
    }

    @Test
    void tellsHowEachFactStands() {
        long id = scene.receive(order("1", "paid", 1), publish("store"), publish("erp"), publish("wms"));
        for (String channel : List.of("store", "erp", "wms")) {
            scene.deliver(channel);
        }
        scene.receive(
                event("{\"type\":\"shipment\",\"orderId\":\"1\",\"id\":\"s1\",\"lines\":[]}"),
                publish("store"),
                publish("erp"),
                publish("wms"),
                withhold("moon", "no"));
        scene.deliver("store");
        scene.fail("erp", "refused", "no");
        assertThat(ledger.facts(id)).singleElement().satisfies(fact -> {
            assertThat(fact.event().id()).isEqualTo("s1");
            assertThat(fact.delivered()).containsExactly("store");
            assertThat(fact.failed()).containsOnlyKeys("erp");
            assertThat(fact.open()).containsExactly("wms");
            assertThat(fact.sent()).containsOnlyKeys("store", "erp", "wms", "moon");
        });
    }

    @Test
    void factsFollowTheirOrderAndFailedOnesAreTriedAgain() {
        long id = scene.receive(order("1", "paid", 1), publish("erp"), withhold("store", "no"));
        scene.deliver("erp");
        scene.receive(event("{\"type\":\"shipment\",\"orderId\":\"1\",\"id\":\"s1\",\"lines\":[]}"), publish("erp"));
        scene.fail("erp", "refused", "no");
        KnownFact fact = ledger.facts(id).get(0);
        Decided ship = new Decided("store", Verdict.PUBLISH, null, "ship-order", true, false, null, Overlay.NONE, null);
        republish(
                known(id),
                List.of(new Republication.Fact(
                        fact, List.of(ship), List.copyOf(fact.failed().values()), 0)),
                publish("store"),
                publish("erp"));
        scene.deliver("store");
        scene.deliver("erp");
        assertThat(deliveries(id))
                .containsExactly(
                        "create-order delivered",
                        "create-order withheld",
                        "ship-order delivered",
                        "create-order delivered",
                        "update-order delivered",
                        "ship-order delivered");
    }

    @Test
    void aFactThatIsSentAgainOnPurposeHasAKeyOfItsOwn() {
        long id = scene.receive(order("1", "paid", 1), publish("erp"));
        scene.deliver("erp");
        scene.receive(event("{\"type\":\"shipment\",\"orderId\":\"1\",\"id\":\"s1\",\"lines\":[]}"), publish("erp"));
        scene.deliver("erp");
        KnownFact fact = ledger.facts(id).get(0);
        Decided ship = new Decided("erp", Verdict.PUBLISH, null, "ship-order", true, false, null, Overlay.NONE, null);
        republish(known(id), List.of(new Republication.Fact(fact, List.of(ship), List.of(), 1)), publish("erp"));
        scene.deliver("erp");
        assertThat(orders.one(id).deliveries().stream()
                        .filter(d -> d.operation().equals("ship-order"))
                        .map(DeliveryRow::key)
                        .distinct())
                .hasSize(2);
    }

    @Test
    void refusesAfterRedaction() {
        long id = scene.receive(order("1", "shipped", 1), publish("store"));
        scene.deliver("store");
        Known known = known(id);
        scene.execute("update orders set redacted_at = now()");
        assertThatThrownBy(() -> republish(known, publish("store")))
                .isInstanceOf(WaybillException.class)
                .hasMessageContaining("personal data was taken out");
    }

    @Test
    void refusesAnOrderThatAFactCancelled() {
        long id = cancelledByFact();
        List<String> before = deliveries(id);
        assertThatThrownBy(() -> republish(known(id), publish("store")))
                .isInstanceOf(WaybillException.class)
                .hasMessageContaining("is cancelled")
                .extracting(e -> ((WaybillException) e).code())
                .isEqualTo(LedgerError.WRONG_STATE_CANCELLED);
        assertThat(deliveries(id)).isEqualTo(before);
        assertThat(orders.one(id).row().push()).isEqualTo(PushState.CANCELLED);
        assertThat(audit()).isEmpty();
    }

    @Test
    void seesACancellationThatItsSourceTookInTheMeantime() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        scene.receiveFrom(
                "store", "1", event("{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c1\"}"), publish("shop"));
        Known before = known(id);
        scene.deliver("shop");
        assertThat(republish(before, publish("store"))).as("it changed").isFalse();
        assertThat(orders.one(id).row().push()).isEqualTo(PushState.CANCELLED);
    }

    @Test
    void theSourcesOwnNewerStateStillReopensIt() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        scene.receive(order("1", "cancelled", 2), publish("store"));
        scene.receive(order("1", "paid", 3), publish("store"));
        scene.deliver("store");
        assertThat(republish(known(id), publish("store"))).isTrue();
        assertThat(orders.one(id).row().push()).isEqualTo(PushState.PUSHED);
    }

    /** Line by line, as it comes from a source that knows no other way. */
    private long cancelledByFact() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        scene.receive(
                event(
                        """
                {"type":"cancellation","orderId":"1","id":"c1","lines":[{"id":"1","quantity":2},{"id":"2","quantity":1}]}"""),
                publish("store"));
        scene.deliver("store");
        return id;
    }

    private boolean republish(Known known, Decided... decisions) {
        return republish(known, List.of(), decisions);
    }

    private boolean republish(Known known, List<Republication.Fact> facts, Decided... decisions) {
        return ledger.republish(
                new Republication(
                        known,
                        known.newest(),
                        new String(EventJson.write(new OrderChanged(known.newest())), UTF_8),
                        List.of(decisions),
                        facts,
                        Map.of("force", true)),
                "olga");
    }

    private Known known(long id) {
        return Objects.requireNonNull(ledger.look(id));
    }

    private List<AuditEntry> audit() {
        return new AuditLog(database.dataSource())
                .list(null, null, "republish", null, null, null, 10)
                .items();
    }

    private List<String> deliveries(long id) {
        return orders.one(id).deliveries().stream()
                .map(d -> d.operation() + " " + d.state().word())
                .toList();
    }
}

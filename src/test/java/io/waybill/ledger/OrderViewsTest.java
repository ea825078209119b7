package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.event;
import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static io.waybill.ledger.LedgerScene.publishByHand;
import static io.waybill.ledger.LedgerScene.publishLines;
import static io.waybill.ledger.LedgerScene.withhold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.TestDatabase;
import io.waybill.order.WaybillException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of orders: push states, where they stand, and their story. */
class OrderViewsTest {
    private final TestDatabase database = TestDatabase.fresh();
    private final LedgerScene scene = new LedgerScene(database);
    private final OrderViews orders = new OrderViews(database.dataSource());

    @Test
    void isNotPushedUntilSomethingIsDelivered() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        assertThat(push(id)).isEqualTo(PushState.NOT_PUSHED);
        scene.deliver("store");
        assertThat(push(id)).isEqualTo(PushState.PUSHED);
    }

    @Test
    void isPartiallyPushedUntilEveryWantedDestinationHasIt() {
        long id = scene.receive(order("1", "paid", 1), publish("store"), publish("erp"), withhold("doba", "no"));
        scene.deliver("store");
        assertThat(push(id)).isEqualTo(PushState.PARTIALLY_PUSHED);
        scene.deliver("erp");
        assertThat(push(id)).isEqualTo(PushState.PUSHED);
    }

    @Test
    void isPartiallyPushedWhenOnlySomeLinesWereChosenByHand() {
        long id = scene.receive(order("1", "paid", 1), withhold("store", "not yet"));
        scene.push(id, List.of("1"), publish("store"));
        scene.deliver("store");
        assertThat(push(id)).isEqualTo(PushState.PARTIALLY_PUSHED);
        assertThat(quantities(id)).containsExactly("1 2/2", "2 0/1");
    }

    @Test
    void aPushToOneDestinationLeavesTheOthersWanted() {
        long id = scene.receive(order("1", "paid", 1), publishByHand("store"), publishByHand("erp"));
        scene.push(id, null, publish("store"));
        scene.deliver("store");
        assertThat(push(id)).isEqualTo(PushState.PARTIALLY_PUSHED);
        assertThat(orders.why(id).events().get(0).decisions()).hasSize(2);
    }

    @Test
    void isPushedWhenTheLinesThatRulesPublishAreThere() {
        long id = scene.receive(order("1", "paid", 1), publishLines("store", "2"));
        scene.deliver("store");
        assertThat(push(id)).isEqualTo(PushState.PUSHED);
        assertThat(quantities(id)).containsExactly("1 0/0", "2 1/1");
    }

    @Test
    void isPartiallyPushedAgainWhenTheSourceAddsToIt() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        scene.receive(
                event(
                        """
                        {"type":"order","order":{"id":"1","number":"#1","status":"paid","version":"2","currency":"USD",
                         "lines":[{"id":"1","sku":"MUG","quantity":3},{"id":"2","sku":"CUP","quantity":1}]}}"""),
                publish("store"));
        assertThat(push(id)).isEqualTo(PushState.PARTIALLY_PUSHED);
        scene.deliver("store");
        assertThat(push(id)).isEqualTo(PushState.PUSHED);
    }

    @Test
    void staysPushedWhenANewStateTakesLinesAway() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        scene.receive(
                event(
                        """
                        {"type":"order","order":{"id":"1","number":"#1","status":"paid","version":"2","currency":"USD",
                         "lines":[{"id":"1","sku":"MUG","quantity":2,"cancelled":1}]}}"""),
                publish("store"));
        assertThat(push(id)).isEqualTo(PushState.PUSHED);
    }

    @Test
    void isCancelledWhenTheSourceCancelledAllOfIt() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        scene.receive(event("{\"type\":\"cancellation\",\"orderId\":\"1\",\"id\":\"c1\"}"), publish("store"));
        assertThat(push(id)).isEqualTo(PushState.CANCELLED);
        assertThat(listed(push(PushState.CANCELLED))).containsExactly(id);
        assertThat(listed(push(PushState.PUSHED))).isEmpty();
    }

    @Test
    void staysSyncedWhileOnlyAShipmentIsTriedAgain() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        scene.receive(
                event(
                        "{\"type\":\"shipment\",\"orderId\":\"1\",\"id\":\"s1\",\"lines\":[{\"id\":\"1\",\"quantity\":1}]}"),
                publish("store"));
        scene.claim("store").forEach(c -> scene.settle(c, new Outcome.Retry("busy", "later", Duration.ofHours(1))));
        assertThat(destinations(id)).containsExactly("store synced");
        scene.receive(order("1", "paid", 2), publish("store"));
        assertThat(destinations(id)).as("its newest state is not there").containsExactly("store not_synced");
    }

    @Test
    void tellsHowItStandsAtEachDestination() {
        long id = scene.receive(
                order("1", "paid", 1), publish("store"), publishByHand("erp"), withhold("doba", "tags say no"));
        assertThat(destinations(id)).containsExactly("doba withheld", "erp eligible", "store not_synced");
        scene.claim("store");
        assertThat(destinations(id)).contains("store in_progress");
    }

    @Test
    void tellsSyncedFailedAndUnknown() {
        long id = scene.receive(order("1", "paid", 1), publish("a"), publish("b"), publish("c"));
        scene.deliver("a");
        scene.fail("b", "refused", "no such SKU");
        scene.claim("c").forEach(c -> scene.settle(c, new Outcome.Unknown("timeout", "no answer")));
        assertThat(destinations(id)).containsExactly("a synced", "b failed", "c unknown");
    }

    @Test
    void filtersByHowOrdersStandAtADestination() {
        long synced = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        long failed = scene.receive(order("2", "paid", 1), publish("store"));
        scene.fail("store", "refused", "no");
        long eligible = scene.receive(order("3", "paid", 1), publishByHand("store"));
        long withheld = scene.receive(order("4", "paid", 1), withhold("store", "no"));
        long working = scene.receive(order("5", "paid", 1), publish("store"));
        scene.claim("store");

        assertThat(listed(sync(SyncState.SYNCED, "store"))).containsExactly(synced);
        assertThat(listed(sync(SyncState.NOT_SYNCED, "store"))).containsExactly(working, withheld, eligible, failed);
        assertThat(listed(sync(SyncState.FAILED, "store"))).containsExactly(failed);
        assertThat(listed(sync(SyncState.ELIGIBLE, "store"))).containsExactly(eligible);
        assertThat(listed(sync(SyncState.WITHHELD, "store"))).containsExactly(withheld);
        assertThat(listed(sync(SyncState.IN_PROGRESS, "store"))).containsExactly(working);
        assertThat(listed(sync(SyncState.UNKNOWN, "store"))).isEmpty();
        assertThat(listed(sync(SyncState.FAILED, "erp"))).isEmpty();
        assertThat(listed(sync(SyncState.FAILED, null))).containsExactly(failed);
    }

    @Test
    void aWithheldOrderThatWentOutLaterIsNoLongerWithheld() {
        long id = scene.receive(order("1", "paid", 1), withhold("store", "no"));
        scene.push(id, null, publish("store"));
        scene.deliver("store");
        assertThat(listed(sync(SyncState.WITHHELD, "store"))).isEmpty();
        assertThat(destinations(id)).containsExactly("store synced");
    }

    @Test
    void findsByNumberTextAndTagWithoutWildcards() {
        long id = scene.receive(order("100%", "paid", 1), publish("store"));
        scene.receive(order("1001", "paid", 1));
        scene.deliver("store");
        assertThat(listed(text("100%"))).containsExactly(id);
        assertThat(listed(text("#100%"))).containsExactly(id);
        assertThat(listed(text("%"))).isEmpty();
        assertThat(listed(text("_00"))).isEmpty();
        assertThat(listed(text("S-100%"))).as("the id at the store").containsExactly(id);
        assertThat(listed(text("100"))).hasSize(2);
    }

    @Test
    void pagesThroughAllOrdersOnce() {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(0, scene.receive(order("n" + i, "paid", 1)));
        }
        scene.execute("update orders set received_at = date_trunc('minute', received_at)");
        List<Long> seen = new ArrayList<>();
        String cursor = null;
        do {
            Slice<OrderRow> page = orders.list(OrderFilter.ALL, cursor, 3);
            page.items().forEach(row -> seen.add(row.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).isEqualTo(all);
    }

    @Test
    void refusesACursorThatIsNotOurs() {
        for (String cursor : List.of("x", "!!", "MjAyNg", Cursor.of(1).substring(3))) {
            assertThatThrownBy(() -> orders.list(OrderFilter.ALL, cursor, 3))
                    .isInstanceOfSatisfying(
                            WaybillException.class, e -> assertThat(e.code()).isEqualTo(ViewError.INVALID_CURSOR));
        }
    }

    @Test
    void tellsTheStoryInOrder() {
        long id = scene.receive(order("1", "paid", 1), publish("store"), withhold("erp", "tags do not contain B2B"));
        scene.fail("store", "refused", "no such SKU");
        scene.receive(order("1", "processing", 2), publish("store"), withhold("erp", "tags do not contain B2B"));
        scene.deliver("store");
        scene.receive(order("1", "processing", 2), Commit.Outcome.ECHO);
        List<String> story = orders.one(id).timeline().stream()
                .map(e -> e.kind() + " " + e.channel() + " " + e.what() + " " + e.text())
                .toList();
        assertThat(story)
                .containsExactly(
                        "received shop order null",
                        "decided store order publish",
                        "decided erp order rule: tags do not contain B2B",
                        "withheld erp create-order rule",
                        "failed store create-order failed: no such SKU",
                        "received shop order null",
                        "decided store order publish",
                        "decided erp order rule: tags do not contain B2B",
                        "withheld erp create-order rule",
                        "delivered store create-order delivered",
                        "echo shop order null");
    }

    @Test
    void countsWhatFactsSayOfLines() {
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.receive(
                event(
                        """
                        {"type":"shipment","orderId":"1","id":"s1","carrier":"UPS","lines":[{"id":"1","quantity":1}]}"""),
                publish("store"));
        scene.receive(
                event(
                        """
                        {"type":"cancellation","orderId":"1","id":"c1","lines":[{"id":"2","quantity":1}]}"""),
                publish("store"));
        assertThat(orders.one(id).lines())
                .extracting(OrderWhole.Line::shipped, OrderWhole.Line::cancelled)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 0), org.assertj.core.groups.Tuple.tuple(0, 1));
    }

    @Test
    void knowsNoOrderThatIsNotThere() {
        assertThatThrownBy(() -> orders.one(1)).hasMessageContaining("There is no order 1");
        assertThatThrownBy(() -> orders.why(1)).hasMessageContaining("There is no order 1");
    }

    private PushState push(long id) {
        return orders.one(id).row().push();
    }

    private List<String> quantities(long id) {
        return orders.one(id).lines().stream()
                .map(line -> {
                    OrderWhole.Quantity q = line.destinations().get("store");
                    return line.id() + " " + q.pushed() + "/" + q.wanted();
                })
                .toList();
    }

    private List<String> destinations(long id) {
        return orders.one(id).row().destinations().stream()
                .map(d -> d.channel() + " " + d.sync().word())
                .toList();
    }

    private List<Long> listed(OrderFilter filter) {
        return orders.list(filter, null, 50).items().stream().map(OrderRow::id).toList();
    }

    private static OrderFilter push(PushState state) {
        return new OrderFilter(state, null, null, null, null, null, null, null, null, List.of());
    }

    private static OrderFilter sync(SyncState state, @Nullable String channel) {
        return new OrderFilter(null, state, channel, null, null, null, null, null, null, List.of());
    }

    private static OrderFilter text(String q) {
        return new OrderFilter(null, null, null, null, null, null, q, null, null, List.of("shop", "store"));
    }
}

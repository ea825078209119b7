package io.waybill.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import io.waybill.ledger.Commit.Result;
import io.waybill.ledger.Deliveries.Appetite;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.Order;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderChanged;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of the ledger on a real PostgreSQL: versions, lanes, leases, fences, ambiguity. */
class LedgerTest {
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final TestDatabase database = TestDatabase.fresh();
    private final Db db = new Db(database.dataSource());
    private final Ledger ledger = new Ledger(database.dataSource());
    private final Receipts receipts = new Receipts(database.dataSource(), "node-1");
    private final Deliveries deliveries = new Deliveries(database.dataSource(), "node-1");
    private int sent;

    @BeforeEach
    void noReceiptsYet() {
        sent = 0;
    }

    @Test
    void deliversANewOrderOnce() {
        assertThat(receive(order("1", "paid", 1))).isEqualTo(Result.COMMITTED);
        List<Claimed> claimed = claim();
        assertThat(claimed).singleElement().satisfies(c -> {
            assertThat(c.operation()).isEqualTo("create-order");
            assertThat(c.event()).isEqualTo(order("1", "paid", 1));
            assertThat(c.ambiguousFor()).isNull();
        });
        assertThat(claim()).as("leased").isEmpty();
        settle(claimed.get(0), new Outcome.Delivered("S-1", "https://shop/S-1"));
        assertThat(claim()).isEmpty();
        assertThat(states()).containsExactly("create-order delivered");
    }

    @Test
    void rendersTheNewestStateWhenNothingWasSentYet() {
        receive(order("1", "paid", 1));
        receive(order("1", "processing", 2));
        Claimed claimed = claim().get(0);
        assertThat(claimed.revision()).isEqualTo(2);
        settle(claimed, new Outcome.Delivered("S-1", null));
        assertThat(states()).containsExactly("create-order delivered");
    }

    @Test
    void followsACreateInHandWithAnUpdate() {
        receive(order("1", "paid", 1));
        Claimed create = claim().get(0);
        receive(order("1", "processing", 2));
        settle(create, new Outcome.Delivered("S-1", null));
        Claimed update = claim().get(0);
        assertThat(update.operation()).isEqualTo("update-order");
        assertThat(update.externalId()).isEqualTo("S-1");
        assertThat(update.revision()).isEqualTo(2);
        assertThat(update.key()).isNotEqualTo(create.key());
    }

    @Test
    void repeatsTheSameStateAfterAnAmbiguousCreateThoughANewerOneCame() {
        receive(order("1", "paid", 1));
        Claimed create = claim().get(0);
        settle(create, new Outcome.Ambiguous("timeout", "no answer", Duration.ZERO));
        receive(order("1", "processing", 2));
        Claimed again = claim().get(0);
        assertThat(again.operation()).isEqualTo("create-order");
        assertThat(again.key()).isEqualTo(create.key());
        assertThat(again.revision()).isEqualTo(1);
        assertThat(again.ambiguousFor()).isNotNull();
        settle(again, new Outcome.Delivered("S-1", null));
        assertThat(claim()).singleElement().satisfies(c -> assertThat(c.revision())
                .isEqualTo(2));
    }

    @Test
    void treatsALeaseThatRanOutAsAmbiguousAndIgnoresTheLateOutcome() {
        receive(order("1", "paid", 1));
        Claimed lost = claim().get(0);
        expireLeases();
        Claimed again = claim().get(0);
        assertThat(again.ambiguousFor()).isNotNull();
        settle(lost, new Outcome.Delivered("LATE", null));
        assertThat(states()).containsExactly("create-order waiting");
        settle(again, new Outcome.Delivered("S-1", null));
        assertThat(states()).containsExactly("create-order delivered");
        assertThat(db.query("select external_id from lane", row -> row.getString(1)))
                .containsExactly("S-1");
    }

    @Test
    void aBusyAnswerLeavesAnEarlierDoubtAsItWas() {
        receive(order("1", "paid", 1));
        settle(claim().get(0), new Outcome.Ambiguous("timeout", "no answer", Duration.ZERO));
        receive(order("1", "processing", 2));
        settle(claim().get(0), new Outcome.Retry("busy", "429", Duration.ZERO));
        assertThat(claim()).singleElement().satisfies(c -> {
            assertThat(c.ambiguousFor())
                    .as("the first send is still an open question")
                    .isNotNull();
            assertThat(c.revision()).as("so the same bytes go").isEqualTo(1);
        });
    }

    @Test
    void aFailureOfOurOwnLeavesAnEarlierDoubtAsItWas() {
        receive(order("1", "paid", 1));
        settle(claim().get(0), new Outcome.Ambiguous("timeout", "no answer", Duration.ZERO));
        Claimed again = claim().get(0);
        deliveries.turn(
                List.of(new Settlement(again, new Outcome.Failed("no-secret", "unset"), 0, 0, null, null, null)),
                Map.of(),
                LEASE);
        new ManualRetries(database.dataSource()).delivery(again.deliveryId(), "ada");
        assertThat(claim()).singleElement().satisfies(c -> assertThat(c.ambiguousFor())
                .isNotNull());
    }

    @Test
    void aPauseHoldsFromTheMomentItIsWritten() {
        receive(order("1", "paid", 1));
        db.update("insert into switch (channel, name, value, by) values ('store', 'paused', 'true', 'ada')");
        assertThat(claim()).as("asked for by somebody who has not heard of it").isEmpty();
        db.update("delete from switch");
        assertThat(claim()).hasSize(1);
    }

    @Test
    void aPersonsWordIsKeptBesideTheDoubt() {
        receive(order("1", "paid", 1));
        Claimed claimed = claim().get(0);
        settle(claimed, new Outcome.Unknown("outcome-unknown", "no answer"));
        assertThat(claim()).isEmpty();
        new ManualRetries(database.dataSource()).delivery(claimed.deliveryId(), "ada");
        Claimed again = claim().get(0);
        assertThat(again.vouchedFor()).isTrue();
        assertThat(again.ambiguousFor()).isNotNull();
        settle(again, new Outcome.Ambiguous("timeout", "no answer", Duration.ZERO));
        assertThat(claim()).as("for one send").singleElement().satisfies(c -> assertThat(c.vouchedFor())
                .isFalse());
    }

    @Test
    void looksForATwinWhenTheDestinationMayShowIt() {
        receive(order("1", "paid", 1));
        settle(claim().get(0), new Outcome.Delivered("S-1", null, Duration.ofHours(2)));
        assertThat(states()).containsExactly("create-order delivered", "find-order waiting");
        assertThat(claim()).isEmpty();
        db.update("update lane set due_at = due_at - interval '119 minutes'");
        assertThat(claim()).as("not a minute before").isEmpty();
        db.update("update lane set due_at = due_at - interval '1 minute'");
        assertThat(claim()).singleElement().satisfies(c -> assertThat(c.operation())
                .isEqualTo("find-order"));
    }

    @Test
    void aSecondAmbiguousSendIsADoubtOfItsOwnAge() {
        receive(order("1", "paid", 1));
        settle(claim().get(0), new Outcome.Ambiguous("timeout", "no answer", Duration.ZERO));
        db.update("update delivery set ambiguous_at = now() - interval '1 hour'");
        settle(claim().get(0), new Outcome.Ambiguous("timeout", "no answer", Duration.ZERO));
        assertThat(claim()).singleElement().satisfies(c -> assertThat(c.ambiguousFor())
                .isLessThan(Duration.ofMinutes(1)));
    }

    @Test
    void aDoubtLeftByADeadWorkerBeginsWhenItIsFound() {
        receive(order("1", "paid", 1));
        claim();
        db.update("update delivery set sending_since = now() - interval '1 hour'");
        expireLeases();
        assertThat(claim()).singleElement().satisfies(c -> assertThat(c.ambiguousFor())
                .isLessThan(Duration.ofMinutes(1)));
    }

    @Test
    void takesUpAtOnceWhatItHeldBeforeItDied() {
        receive(order("1", "paid", 1));
        assertThat(claim()).hasSize(1);
        new Deliveries(database.dataSource(), "node-2").reclaim();
        assertThat(claim()).as("another node's lease stands").isEmpty();
        new Deliveries(database.dataSource(), "node-1").reclaim();
        assertThat(claim()).singleElement().satisfies(c -> assertThat(c.ambiguousFor())
                .isNotNull());
    }

    @Test
    void aNewerUpdateSupersedesOneThatWaits() {
        receive(order("1", "paid", 1));
        settle(claim().get(0), new Outcome.Delivered("S-1", null));
        receive(order("1", "processing", 2));
        receive(order("1", "shipped", 3));
        assertThat(states())
                .containsExactly("create-order delivered", "update-order superseded", "update-order waiting");
        assertThat(claim()).singleElement().satisfies(c -> assertThat(c.revision())
                .isEqualTo(3));
    }

    @Test
    void cancelledBeforeTheCreateWentOutNeitherGoes() {
        receive(order("1", "paid", 1));
        receive(new OrderCancelled("1", "c1", null, "customer", null, List.of()));
        assertThat(claim()).isEmpty();
        assertThat(states()).containsExactly("create-order void", "cancel-order void");
    }

    @Test
    void aFactIsTakenOnce() {
        receive(order("1", "paid", 1));
        OrderCancelled fact = new OrderCancelled("1", "c1", null, "customer", null, List.of());
        assertThat(receive(fact)).isEqualTo(Result.COMMITTED);
        assertThat(receive(fact)).isEqualTo(Result.REPEATED);
    }

    @Test
    void blocksWhatComesBehindAFailedCreateUntilItIsRetried() {
        receive(order("1", "paid", 1));
        Claimed create = claim().get(0);
        receive(new OrderCancelled("1", "c1", null, "customer", null, List.of()));
        settle(create, new Outcome.Failed("refused", "422"));
        assertThat(claim()).isEmpty();
        new ManualRetries(database.dataSource()).delivery(create.deliveryId(), "ada");
        assertThat(claim()).singleElement().satisfies(c -> assertThat(c.operation())
                .isEqualTo("create-order"));
    }

    @Test
    void newDataMakesAFailedCreateDueAgain() {
        receive(order("1", "paid", 1));
        settle(claim().get(0), new Outcome.Failed("refused", "unknown SKU"));
        receive(order("1", "processing", 2));
        assertThat(claim()).singleElement().satisfies(c -> assertThat(c.revision())
                .isEqualTo(2));
    }

    @Test
    void refusesADecisionOnAnOrderThatChangedMeanwhile() {
        receive(order("1", "paid", 1));
        Known seen = look("1");
        receive(order("1", "processing", 2));
        assertThat(commit(order("1", "shipped", 3), seen)).isEqualTo(Result.STALE_DECISION);
    }

    @Test
    void anImporterWithoutItsLeaseCommitsNothing() {
        long receipt = store();
        Receipts.Claimed claimed = receipts.claim(1, Duration.ZERO).get(0);
        assertThat(receipts.claim(1, LEASE)).singleElement().satisfies(c -> assertThat(c.id())
                .isEqualTo(receipt));
        Commit commit = build(order("1", "paid", 1), null, claimed.id(), claimed.fence());
        assertThat(ledger.commit(List.of(commit))).containsExactly(Result.LEASE_LOST);
        assertThat(look("1")).isNull();
    }

    @Test
    void recognisesItsOrderByTheLinkOfALane() {
        receive(order("1", "paid", 1));
        settle(claim().get(0), new Outcome.Delivered("S-1", null));
        assertThat(ledger.look(List.of(new Wanted("store", "S-1", null))).get(0))
                .extracting(Known::externalId)
                .isEqualTo("1");
        assertThat(ledger.look(List.of(new Wanted("store", "S-2", "R-1"))).get(0))
                .extracting(Known::externalId)
                .isEqualTo("1");
    }

    @Test
    void holdsManualDeliveriesUntilTheyArePushed() {
        receive(order("1", "paid", 1), decided("create-order", true));
        assertThat(claim()).isEmpty();
        assertThat(ledger.push(look("1"), List.of(decided("create-order", false)), new Push(Map.of(), false, "ada")))
                .contains(java.util.Set.of("store"));
        assertThat(claim()).hasSize(1);
    }

    private Result receive(Event event) {
        String operation = event instanceof OrderChanged ? "create-order" : "cancel-order";
        return receive(event, decided(operation, false));
    }

    private Result receive(Event event, Decided decided) {
        long id = store();
        Receipts.Claimed claimed = receipts.claim(1, LEASE).get(0);
        assertThat(claimed.id()).isEqualTo(id);
        return ledger.commit(List.of(build(event, look(event.orderId()), claimed.id(), claimed.fence(), decided)))
                .get(0);
    }

    private Result commit(Event event, @Nullable Known known) {
        store();
        Receipts.Claimed claimed = receipts.claim(1, LEASE).get(0);
        return ledger.commit(List.of(build(event, known, claimed.id(), claimed.fence())))
                .get(0);
    }

    private Commit build(Event event, @Nullable Known known, long receipt, int fence) {
        return build(event, known, receipt, fence, decided("create-order", false));
    }

    private static Commit build(Event event, @Nullable Known known, long receipt, int fence, Decided decided) {
        Order state = event instanceof OrderChanged changed ? changed.order() : null;
        return new Commit(
                receipt,
                fence,
                true,
                "shop",
                known,
                event,
                Commit.Outcome.APPLIED,
                state,
                new String(EventJson.write(event), UTF_8),
                List.of(decided));
    }

    private static Decided decided(String operation, boolean manual) {
        return new Decided("store", Verdict.PUBLISH, null, operation, true, manual, "R-1", Overlay.NONE, null);
    }

    private @Nullable Known look(String orderId) {
        return ledger.look(List.of(new Wanted("shop", orderId, null))).get(0);
    }

    private long store() {
        String key = "event-" + sent++;
        return db.tx(session -> session.first(
                """
                with r as (
                  insert into receipt (id, channel, topic, event_id, body_hash)
                  values (nextval('ledger_id'), 'shop', 'order', ?, '\\x00') returning id, received_at)
                insert into receipt_body (receipt_id, received_at, headers, body)
                select id, received_at, '{}', '\\x00' from r returning receipt_id""",
                row -> row.getLong(1),
                key));
    }

    private List<Claimed> claim() {
        return deliveries.turn(List.of(), Map.of("store", new Appetite(10, false)), LEASE);
    }

    private void settle(Claimed claimed, Outcome outcome) {
        int revision = claimed.isState() ? claimed.revision() : 0;
        deliveries.turn(List.of(new Settlement(claimed, outcome, revision, 200, "{}", "{}", "hash")), Map.of(), LEASE);
    }

    private void expireLeases() {
        db.update("update lane set due_at = now() - interval '1 second', leased_until = now() - interval '1 second'");
    }

    private List<String> states() {
        return db.query("select operation || ' ' || state from delivery order by id", row -> row.getString(1));
    }

    private static OrderChanged order(String id, String status, int version) {
        return (OrderChanged) EventJson.read(
                """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"%s","version":"%d","currency":"USD",
                 "lines":[{"id":"1","sku":"MUG","quantity":2,"price":"1.50"}]}}"""
                        .formatted(id, id, status, version)
                        .getBytes(UTF_8));
    }
}

package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.TestDatabase;
import io.waybill.order.WaybillException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs and attempts in one list, on a real PostgreSQL. */
class SyncLogTest {
    private final TestDatabase database = TestDatabase.fresh();
    private final LedgerScene scene = new LedgerScene(database);
    private final Runs runs = new Runs(database.dataSource(), "node-1");
    private final SyncLog log = new SyncLog(database.dataSource());

    @Test
    void listsRunsAndAttemptsNewestFirst() {
        finished("shop", "import-orders");
        scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        finished("shop", "import-orders");
        assertThat(all(SyncFilter.ALL)).extracting(SyncEntry::kind).containsExactly("run", "delivery", "run");
    }

    @Test
    void showsWhatAnAttemptWas() {
        long order = scene.receive(order("1", "paid", 1), publish("store"));
        scene.fail("store", "refused", "no such SKU");
        assertThat(all(SyncFilter.ALL)).singleElement().satisfies(entry -> {
            assertThat(entry.channel()).isEqualTo("store");
            assertThat(entry.task()).isEqualTo("create-order");
            assertThat(entry.status()).isEqualTo(SyncStatus.FAILED);
            assertThat(entry.order()).isEqualTo(order);
            assertThat(entry.number()).isEqualTo("#1");
            assertThat(entry.httpStatus()).isEqualTo(200);
            assertThat(entry.errorCode()).isEqualTo("refused");
        });
    }

    @Test
    void showsWhatARunFound() {
        long id = runs.start("shop", "import-orders", Runs.Trigger.MANUAL, "olga");
        runs.fail(id, new RunSummary(3, 1, 1, 0, 1), "channel-unreachable", "The channel cannot be reached.");
        assertThat(all(SyncFilter.ALL)).singleElement().satisfies(entry -> {
            assertThat(entry.status()).isEqualTo(SyncStatus.FAILED);
            assertThat(entry.by()).isEqualTo("olga");
            assertThat(entry.summary()).isEqualTo(new RunSummary(3, 1, 1, 0, 1));
            assertThat(entry.errorCode()).isEqualTo("channel-unreachable");
        });
    }

    @Test
    void everyAttemptIsAnEntry() {
        scene.receive(order("1", "paid", 1), publish("store"));
        scene.claim("store").forEach(c -> scene.settle(c, new Outcome.Retry("timeout", "no answer", Duration.ZERO)));
        scene.deliver("store");
        assertThat(all(SyncFilter.ALL))
                .extracting(SyncEntry::status)
                .containsExactly(SyncStatus.DONE, SyncStatus.RETRY);
    }

    @Test
    void filtersByEachAndByAllTogether() {
        scene.receive(order("1", "paid", 1), publish("store"), publish("erp"));
        scene.receive(order("2", "paid", 1), publish("store"));
        scene.fail("store", "refused", "no");
        scene.deliver("erp");
        finished("shop", "import-orders");
        assertThat(all(filter("1", null, null, null))).hasSize(2);
        assertThat(all(filter("#2", null, null, null))).hasSize(1);
        assertThat(all(filter("3", null, null, null))).isEmpty();
        assertThat(all(filter(null, "store", null, null))).hasSize(2);
        assertThat(all(filter(null, "shop", null, null))).hasSize(1);
        assertThat(all(filter(null, null, "import-orders", null))).hasSize(1);
        assertThat(all(filter(null, null, "create-order", null))).hasSize(3);
        assertThat(all(filter(null, null, null, SyncStatus.FAILED))).hasSize(2);
        assertThat(all(filter(null, null, null, SyncStatus.DONE))).hasSize(2);
        assertThat(all(filter(null, null, null, SyncStatus.RUNNING))).isEmpty();
        assertThat(all(filter("1", "store", "create-order", SyncStatus.FAILED))).hasSize(1);
        assertThat(all(filter("1", "store", "create-order", SyncStatus.DONE))).isEmpty();
    }

    @Test
    void showsWhatIsUnderWay() {
        scene.receive(order("1", "paid", 1), publish("store"));
        scene.claim("store");
        runs.start("shop", "import-orders", Runs.Trigger.SCHEDULE, "schedule");
        assertThat(all(filter(null, null, null, SyncStatus.RUNNING))).hasSize(2);
    }

    @Test
    void filtersByTime() {
        finished("shop", "import-orders");
        scene.execute("update run set started_at = now() - interval '2 days'");
        finished("shop", "import-orders");
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        assertThat(all(new SyncFilter(yesterday, null, null, null, null, null))).hasSize(1);
        assertThat(all(new SyncFilter(null, yesterday, null, null, null, null))).hasSize(1);
        assertThat(all(new SyncFilter(yesterday, yesterday, null, null, null, null)))
                .isEmpty();
    }

    @Test
    void pagesWithoutLossThoughManyStartedTogether() {
        for (int i = 0; i < 7; i++) {
            scene.receive(order("o" + i, "paid", 1), publish("store"), publish("erp"));
        }
        scene.deliver("store");
        scene.deliver("erp");
        finished("shop", "import-orders");
        scene.execute("update attempt set started_at = date_trunc('day', now())");
        scene.execute("update run set started_at = date_trunc('day', now())");
        List<String> seen = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Slice<SyncEntry> page = log.list(SyncFilter.ALL, cursor, 4);
            page.items().forEach(entry -> seen.add(entry.id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(seen).hasSize(15).doesNotHaveDuplicates();
    }

    @Test
    void showsOneAttemptWithAllThatWasSaid() {
        scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        SyncWhole whole = log.one(all(SyncFilter.ALL).get(0).id());
        assertThat(whole.received()).isNotNull();
        assertThat(whole.received().body()).contains("Ada Example");
        assertThat(whole.mapped().at("/order/customer/name").asText()).isEqualTo("Ada Example");
        assertThat(whole.request().at("/body/operation").asText()).isEqualTo("create-order");
        assertThat(whole.response().at("/status").asInt()).isEqualTo(200);
        assertThat(whole.redactedAt()).isNull();
    }

    @Test
    void showsTheStateThatAnAttemptSentNotTheNewest() {
        scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        scene.receive(order("1", "shipped", 2), publish("store"));
        scene.deliver("store");
        List<SyncEntry> entries = all(SyncFilter.ALL);
        assertThat(log.one(entries.get(1).id()).mapped().at("/order/status").asText())
                .isEqualTo("paid");
        assertThat(log.one(entries.get(0).id()).mapped().at("/order/status").asText())
                .isEqualTo("shipped");
    }

    @Test
    void showsOneRun() {
        long id = runs.start("shop", "import-orders", Runs.Trigger.MANUAL, "olga");
        runs.detail(id, "{\"unmapped\":[\"odd\"]}");
        SyncWhole whole = log.one("run-" + id);
        assertThat(whole.entry().status()).isEqualTo(SyncStatus.RUNNING);
        assertThat(whole.detail().at("/unmapped/0").asText()).isEqualTo("odd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run-1", "delivery-1-1", "delivery-1", "run-x", "", "run-99999999999999999999"})
    void knowsNothingOfWhatIsNotThere(String id) {
        assertThatThrownBy(() -> log.one(id))
                .isInstanceOf(WaybillException.class)
                .hasMessageContaining("no entry");
    }

    private static SyncFilter filter(
            @Nullable String number, @Nullable String channel, @Nullable String task, @Nullable SyncStatus status) {
        return new SyncFilter(null, null, number, channel, task, status);
    }

    private List<SyncEntry> all(SyncFilter filter) {
        return log.list(filter, null, 100).items();
    }

    private void finished(String channel, String task) {
        long id = runs.start(channel, task, Runs.Trigger.MANUAL, "olga");
        runs.finish(id, new RunSummary(1, 1, 0, 0, 0));
    }
}

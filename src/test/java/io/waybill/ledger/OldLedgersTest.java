package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.event;
import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static io.waybill.ledger.LedgerScene.publishByHand;
import static io.waybill.ledger.LedgerScene.publishLines;
import static io.waybill.ledger.LedgerScene.withhold;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ledgers of earlier schemas, migrated to today's. One history is lived through on today's schema; what an earlier one would
 * have kept of it is put into that one, and must be the same after its migration.
 */
class OldLedgersTest {
    private static final List<String> TABLES =
            List.of("receipt", "receipt_body", "orders", "event", "lane", "delivery", "attempt", "line_quantity");

    private static final TestDatabase TODAY = TestDatabase.fresh();
    private static final LedgerScene SCENE = new LedgerScene(TODAY);

    @BeforeAll
    static void live() {
        SCENE.receive(order("new", "paid", 1), publish("erp"));
        SCENE.receive(order("by-hand", "paid", 1), publishByHand("hand"));
        SCENE.receive(order("withheld", "paid", 1), withhold("erp", "too cheap"));
        SCENE.receive(order("cancelled", "cancelled", 1), publish("erp"));

        SCENE.receive(order("whole", "paid", 1), publish("store"));
        SCENE.receive(order("lines", "paid", 1), publishLines("store", "1"), publishLines("doba", "2"));
        SCENE.receive(order("one-of-two", "paid", 1), publish("store"), publish("erp"));
        SCENE.receive(order("edited", "paid", 1), publish("store"));
        SCENE.receive(order("shipped", "paid", 1), publish("store"));
        SCENE.deliver("store");
        SCENE.deliver("doba");
        SCENE.receive(order("edited", "processing", 2), publish("store"));
        SCENE.receiveFrom("store", "shipped", shipment("s1", "1", 1), publish("shop"));
        SCENE.receiveFrom("store", "shipped", shipment("s2", "1", 1), publish("shop"));

        SCENE.receive(order("failed", "paid", 1), publish("picky"));
        SCENE.claim("picky").forEach(c -> SCENE.settle(c, new Outcome.Failed("refused", "no such article")));
        SCENE.receive(order("unknown", "paid", 1), publish("blind"));
        SCENE.claim("blind").forEach(c -> SCENE.settle(c, new Outcome.Unknown("timeout", "no answer")));
        SCENE.receive(order("half", "paid", 1), withhold("part", "not yet"));
        SCENE.push(id("half"), List.of("1"), publish("part"));
        SCENE.deliver("part");
    }

    private static io.waybill.order.Event shipment(String id, String line, int quantity) {
        return event(
                """
                {"type":"shipment","orderId":"shipped","id":"%s","trackingNumber":"1Z%s","lines":[{"id":"%s","quantity":%d}]}"""
                        .formatted(id, id, line, quantity));
    }

    private static long id(String externalId) {
        return new Db(TODAY.dataSource())
                .query("select id from orders where external_id = ?", row -> row.getLong(1), externalId)
                .get(0);
    }

    /** Push states were computed by SQL up to 6 and are computed from the quantity ledger since 7. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "6", "12"})
    void keepPushStatesAndQuantities(String version) {
        TestDatabase old = migrated(version);
        assertThat(states(old)).isEqualTo(states(TODAY)).hasSize(12);
        assertThat(quantities(old)).isEqualTo(quantities(TODAY)).hasSizeGreaterThan(12);
    }

    @Test
    void answerEveryQuestionOfToday() {
        TestDatabase old = migrated("1");
        OrderViews orders = new OrderViews(old.dataSource());
        OrderFilter all =
                new OrderFilter(null, null, null, null, null, null, null, null, null, List.of("shop", "store"));
        assertThat(orders.list(all, null, 50).items()).hasSize(12);
        assertThat(orders.one(id("one-of-two")).row().push()).isEqualTo(PushState.PARTIALLY_PUSHED);
        assertThat(new DeliveryViews(old.dataSource())
                        .list(DeliveryFilter.ALL, null, 50)
                        .items())
                .isNotEmpty();
        assertThat(new SyncLog(old.dataSource()).list(SyncFilter.ALL, null, 50).items())
                .isNotEmpty();
        assertThat(new IssueViews(old.dataSource()).list(null, null)).isNotNull();
        LedgerScene scene = new LedgerScene(old);
        scene.deliver("erp");
        assertThat(orders.one(id("one-of-two")).row().push()).isEqualTo(PushState.PUSHED);
        scene.receive(order("after", "paid", 1), publish("store"));
    }

    private static TestDatabase migrated(String version) {
        TestDatabase old = TestDatabase.empty();
        flyway(old, version).migrate();
        TABLES.forEach(table -> copy(table, old));
        new Db(old.dataSource()).query("select setval('ledger_id', ?)", row -> 1, 1_000_000L);
        flyway(old, "latest").migrate();
        return old;
    }

    private static Flyway flyway(TestDatabase database, String version) {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:db/migration")
                .target(version)
                .load();
    }

    /** The columns that the earlier schema had, if it had the table. */
    private static void copy(String table, TestDatabase old) {
        Db to = new Db(old.dataSource());
        String columns = String.join(
                ", ",
                to.query(
                        """
                        select quote_ident(column_name) from information_schema.columns
                        where table_name = ? and is_generated = 'NEVER' order by ordinal_position""",
                        row -> row.getString(1),
                        table));
        if (columns.isEmpty()) {
            return;
        }
        String rows = new Db(TODAY.dataSource())
                .query(
                        "select coalesce(json_agg(t), '[]')::text from (select " + columns + " from " + table + ") t",
                        row -> row.getString(1))
                .get(0);
        to.update(
                "insert into " + table + " (" + columns + ") select " + columns + " from json_populate_recordset(null::"
                        + table + ", ?::json)",
                rows);
    }

    private static List<String> states(TestDatabase database) {
        return new Db(database.dataSource())
                .query("select external_id || ' ' || push from orders order by external_id", row -> row.getString(1));
    }

    /** Rows of nothing but zeros say nothing; and what a cancelled order would want counts for nothing. */
    private static List<String> quantities(TestDatabase database) {
        return new Db(database.dataSource())
                .query(
                        """
                        select concat_ws(' ', o.external_id, coalesce(nullif(q.channel, ''), 'told'), q.line_id, 'part', q.part,
                          'wanted', q.wanted, 'pushed', q.pushed, 'cancelled', q.cancelled, 'shipped', q.shipped,
                          'returned', q.returned)
                        from line_quantity q join orders o on o.id = q.order_id
                        where not o.cancelled and q.wanted + q.pushed + q.cancelled + q.shipped + q.returned > 0 order by 1""",
                        row -> row.getString(1));
    }
}

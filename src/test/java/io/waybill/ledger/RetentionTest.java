package io.waybill.ledger;

import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Months are made ahead and dropped whole; the rest goes in steps. */
class RetentionTest {
    private static final Instant MAY = Instant.parse("2026-05-20T12:00:00Z");
    private static final Ages AGES = new Ages(
            Duration.ofDays(90),
            Duration.ofDays(60),
            Duration.ofDays(30),
            Duration.ofDays(365),
            Duration.ofDays(30),
            Duration.ofDays(180));

    private final TestDatabase database = TestDatabase.fresh();
    private final Db db = new Db(database.dataSource());

    @Test
    void makesThisMonthAndTheTwoAfterItOnce() {
        partitions(MAY).ensure();
        partitions(MAY).ensure();
        assertThat(months("attempt")).containsExactly("attempt_202605", "attempt_202606", "attempt_202607");
        assertThat(months("receipt_body"))
                .containsExactly("receipt_body_202605", "receipt_body_202606", "receipt_body_202607");
    }

    @Test
    void makesThemOnceThoughManyNodesStartTogether() {
        IntStream.range(0, 8).parallel().forEach(i -> partitions(MAY).ensure());
        assertThat(months("attempt")).hasSize(3);
    }

    @Test
    void rowsLieInTheirMonthAndStrangersAreNotRefused() {
        partitions(MAY).ensure();
        receipt(1, "2026-05-31T23:59:59Z", "imported");
        receipt(2, "2026-06-01T00:00:00Z", "imported");
        receipt(3, "2031-01-01T00:00:00Z", "imported");
        assertThat(count("receipt_body_202605")).isEqualTo(1);
        assertThat(count("receipt_body_202606")).isEqualTo(1);
        assertThat(count("receipt_body_default")).isEqualTo(1);
    }

    @Test
    void goesOnWhereTheMonthIsInTheDefaultAlready() {
        receipt(1, "2026-05-10T00:00:00Z", "imported");
        partitions(MAY).ensure();
        receipt(2, "2026-05-11T00:00:00Z", "imported");
        assertThat(months("receipt_body")).containsExactly("receipt_body_202606", "receipt_body_202607");
        assertThat(count("receipt_body_default")).isEqualTo(2);
    }

    @Test
    void dropsAMonthWhenAllOfItIsPastItsAge() {
        partitions(MAY).ensure();
        receipt(1, "2026-05-31T00:00:00Z", "imported");
        attempt(1, "2026-05-31T00:00:00Z");
        run("2026-08-01T00:00:00Z");
        assertThat(months("attempt")).as("60 days").containsExactly("attempt_202606", "attempt_202607");
        assertThat(months("receipt_body")).as("90 days").contains("receipt_body_202605");
        assertThat(count("receipt")).isEqualTo(1);
        run("2026-08-29T00:00:00Z");
        assertThat(months("receipt_body")).as("its last day is not past").contains("receipt_body_202605");
        run("2026-08-30T00:00:00Z");
        assertThat(months("receipt_body")).containsExactly("receipt_body_202606", "receipt_body_202607");
        assertThat(count("receipt")).isZero();
    }

    @Test
    void forgetsParkedOnesTooButNothingThatIsStillToBeImported() {
        partitions(MAY).ensure();
        receipt(1, "2026-05-01T00:00:00Z", "parked");
        receipt(2, "2026-05-01T00:00:00Z", "conflict");
        receipt(3, "2026-05-01T00:00:00Z", "waiting");
        receipt(4, "2026-05-01T00:00:00Z", "waiting");
        db.update("update receipt set waits_for = 'an order that never came' where id = 4");
        run("2026-12-01T00:00:00Z");
        assertThat(db.query("select id from receipt", row -> row.getLong(1))).containsExactly(3L);
        assertThat(months("receipt_body")).as("its body is there").contains("receipt_body_202605");
        db.update("update receipt set state = 'imported', due_at = null");
        run("2026-12-01T00:00:00Z");
        assertThat(count("receipt")).isZero();
        assertThat(months("receipt_body")).isEmpty();
    }

    @Test
    void emptiesTheDefaultPartitionsToo() {
        receipt(1, "2026-05-01T00:00:00Z", "imported");
        attempt(1, "2026-05-01T00:00:00Z");
        run("2026-12-01T00:00:00Z");
        assertThat(count("receipt_body")).isZero();
        assertThat(count("attempt")).isZero();
    }

    @Test
    void forgetsOldRunsAndAuditEntriesInSteps() {
        db.update(
                """
                insert into run (id, channel, task, started_at, state, trigger)
                select n, 'shop', 'import-orders', '2026-05-01', 'done', 'schedule' from generate_series(1, 12000) n""");
        db.update(
                """
                insert into run (id, channel, task, started_at, state, trigger)
                values (20001, 'shop', 'import-orders', '2026-05-01', 'running', 'schedule'),
                  (20002, 'shop', 'import-orders', '2026-05-31', 'done', 'schedule')""");
        db.update(
                """
                insert into audit (id, at, by, action)
                values (1, '2025-05-01', 'olga', 'push'), (2, '2026-05-01', 'olga', 'push')""");
        assertThat(run("2026-06-20T00:00:00Z").rows()).isEqualTo(12_001);
        assertThat(count("run")).isEqualTo(2);
        assertThat(count("audit")).isEqualTo(1);
    }

    @Test
    void leavesAMonthThatSomebodyReadsForTheNextTime() throws Exception {
        partitions(MAY).ensure();
        attempt(1, "2026-05-31T00:00:00Z");
        try (Connection reader = database.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("select * from attempt");
            run("2026-12-01T00:00:00Z");
            assertThat(months("attempt")).contains("attempt_202605");
            reader.rollback();
        }
        run("2026-12-01T00:00:00Z");
        assertThat(months("attempt")).isEmpty();
    }

    @Test
    void anOrderIsStillShownWhenItsBodiesAndAttemptsAreGone() {
        LedgerScene scene = new LedgerScene(database);
        long id = scene.receive(order("1", "paid", 1), publish("store"));
        scene.deliver("store");
        new Retention(database.dataSource(), Clock.offset(Clock.systemUTC(), Duration.ofDays(200)), AGES)
                .run(() -> true);
        OrderWhole whole = new OrderViews(database.dataSource()).one(id);
        assertThat(whole.row().push()).isEqualTo(PushState.PUSHED);
        DeliveryWhole delivery = new DeliveryViews(database.dataSource())
                .one(whole.deliveries().get(0).id());
        assertThat(delivery.received()).isNull();
        assertThat(delivery.tries()).isEmpty();
        assertThat(delivery.mapped()).isNotNull();
    }

    @Test
    void stopsBetweenTwoStepsWhenTheServerStops() {
        db.update(
                """
                insert into run (id, channel, task, started_at, state, trigger)
                select n, 'shop', 'import-orders', '2026-05-01', 'done', 'schedule' from generate_series(1, 12000) n""");
        retention("2026-06-20T00:00:00Z").run(() -> false);
        assertThat(count("run")).isEqualTo(7_000);
    }

    private Partitions partitions(Instant now) {
        return new Partitions(database.dataSource(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Retention retention(String now) {
        return new Retention(database.dataSource(), Clock.fixed(Instant.parse(now), ZoneOffset.UTC), AGES);
    }

    private Retention.Forgotten run(String now) {
        return retention(now).run(() -> true);
    }

    private List<String> months(String table) {
        return db.query(
                "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                        + " where i.inhparent = ?::regclass and c.relname not like '%default' order by 1",
                row -> row.getString(1), table);
    }

    private long count(String table) {
        return db.query("select count(*) from " + table, row -> row.getLong(1)).get(0);
    }

    private void receipt(long id, String at, String state) {
        db.update(
                "insert into receipt (id, channel, topic, event_id, body_hash, received_at, state) values (?, 'shop', 'order', ?, '\\x00', ?::timestamptz, ?)",
                id,
                "e" + id,
                at,
                state);
        db.update(
                "insert into receipt_body (receipt_id, received_at, headers, body) values (?, ?::timestamptz, '{}', '{}')",
                id,
                at);
    }

    private void attempt(long delivery, String at) {
        db.update(
                "insert into attempt (delivery_id, number, order_id, channel, operation, started_at) values (?, 1, 1, 'store', 'create-order', ?::timestamptz)",
                delivery,
                at);
    }
}

package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No list reads a whole table, as PostgreSQL itself plans them on 20,000 orders. */
class ListPlansTest {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final OrderViews ORDERS = new OrderViews(DATABASE.dataSource());
    private static final DeliveryViews DELIVERIES = new DeliveryViews(DATABASE.dataSource());

    /** Two deliveries an order; one in 200 is open, one in 1,000 failed. */
    @BeforeAll
    static void manyOrders() {
        Db db = new Db(DATABASE.dataSource());
        db.update(
                """
                insert into orders (id, channel, external_id, number, status, currency, tags, revision, event_id, received_at, cancelled)
                select n, 'shop', 'x' || n, '#' || n, 'paid', 'USD', array['t' || n % 500], 1, n + 1000000,
                  now() - n * interval '1 minute', n % 300 = 0
                from generate_series(1, 20000) n""");
        db.update(
                """
                insert into event (id, order_id, type, revision, channel, outcome, payload, decisions)
                select n + 1000000, n, 'order', 1, 'shop', 'applied',
                  '{"order":{"lines":[{"id":"1","quantity":1}]}}',
                  '[{"channel":"store","verdict":"publish"},{"channel":"erp","verdict":"rule"}]'
                from generate_series(1, 20000) n""");
        db.update(
                """
                insert into lane (id, order_id, channel, external_id, sent_revision, due_at)
                select n + 2000000, n, 'store', case when n % 200 > 0 then 's' || n end, (n % 200 > 0)::int,
                  case when n % 200 = 0 then now() end
                from generate_series(1, 20000) n""");
        db.update(
                """
                insert into delivery (id, order_id, lane_id, event_id, channel, operation, state, reason, key, error_code, finished_at)
                select n + 3000000, n, n + 2000000, n + 1000000, 'store', 'create-order',
                  case when n % 1000 = 0 then 'failed' when n % 200 = 0 then 'waiting' else 'delivered' end,
                  case when n % 400 = 0 then 'manual' else 'due' end, 'k', case when n % 1000 = 0 then 'refused' end, now()
                from generate_series(1, 20000) n
                union all
                select n + 4000000, n, null, n + 1000000, 'erp', 'create-order', 'withheld', 'rule', 'k', null, now()
                from generate_series(1, 20000) n""");
        db.update("analyze");
    }

    static Stream<OrderFilter> orderFilters() {
        Instant day = Instant.now().minusSeconds(86_400);
        return Stream.of(
                filter(null, null, null, null, null, null, null, null),
                filter(null, null, "store", null, null, null, null, null),
                filter(null, null, null, List.of("store"), null, null, null, null),
                filter(null, null, null, null, "4711", null, null, null),
                filter(null, null, null, null, null, "t7", null, null),
                filter(null, null, null, null, null, null, "#47", null),
                filter(null, null, null, null, null, null, null, day),
                filter(PushState.NOT_PUSHED, SyncState.FAILED, "store", null, null, null, null, day));
    }

    @ParameterizedTest
    @MethodSource("orderFilters")
    void listsOrdersByAnIndex(OrderFilter filter) {
        assertIndexed(ORDERS.explain(filter, 50));
    }

    @ParameterizedTest
    @EnumSource(PushState.class)
    void listsPushStatesByAnIndex(PushState state) {
        assertIndexed(ORDERS.explain(filter(state, null, null, null, null, null, null, null), 50));
    }

    @ParameterizedTest
    @EnumSource(SyncState.class)
    void listsSyncStatesByAnIndex(SyncState state) {
        assertIndexed(ORDERS.explain(filter(null, state, null, null, null, null, null, null), 50));
        assertIndexed(ORDERS.explain(filter(null, state, "store", null, null, null, null, null), 50));
    }

    @ParameterizedTest
    @EnumSource(DeliveryState.class)
    void listsDeliveriesByAnIndex(DeliveryState state) {
        assertIndexed(DELIVERIES.explain(new DeliveryFilter(state, null, null, null, null, null), 50));
        assertIndexed(DELIVERIES.explain(new DeliveryFilter(state, null, "store", null, null, null), 50));
        assertIndexed(DELIVERIES.explain(new DeliveryFilter(state, null, null, "create-order", null, "refused"), 50));
    }

    @Test
    void listsAllDeliveriesAndThoseOfAnOrderByAnIndex() {
        assertIndexed(DELIVERIES.explain(DeliveryFilter.ALL, 50));
        assertIndexed(DELIVERIES.explain(new DeliveryFilter(null, null, null, null, 7L, null), 50));
        assertIndexed(DELIVERIES.explain(new DeliveryFilter(null, "blocked", "store", null, null, null), 50));
    }

    private static void assertIndexed(List<String> plan) {
        assertThat(plan).noneMatch(line -> line.matches(".*Seq Scan on (orders|event|lane|delivery|receipt)\\b.*"));
    }

    private static OrderFilter filter(
            @Nullable PushState push,
            @Nullable SyncState sync,
            @Nullable String channel,
            @Nullable List<String> destinations,
            @Nullable String number,
            @Nullable String tag,
            @Nullable String q,
            @Nullable Instant from) {
        return new OrderFilter(
                push, sync, channel, destinations, number, tag, q, from, null, List.of("shop", "store", "erp"));
    }
}

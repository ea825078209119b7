package io.waybill.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * A ledger with many orders, for tests of plans: rows as importers and workers leave them, made by the server itself.
 * Received over the last 80 days; two deliveries an order; one in 200 is open, one in 1,000 failed; a few of everything rare.
 */
public final class ManyOrders {
    private final Db db;
    private final int count;

    private ManyOrders(DataSource dataSource, int count) {
        this.db = new Db(dataSource);
        this.count = count;
    }

    public static void fill(DataSource dataSource, int count) {
        for (int months = 0; months <= 3; months++) {
            Instant then = Instant.now().minus(Duration.ofDays(31L * months));
            new Partitions(dataSource, Clock.fixed(then, ZoneOffset.UTC)).ensure();
        }
        new ManyOrders(dataSource, count).fill();
    }

    private void fill() {
        orders();
        deliveries();
        attempts();
        receipts();
        runs();
        audit();
        db.update(
                """
                insert into product (id, channel, product_id, sku)
                select n, 'shop-' || n % 50, n::text, 'MUG-' || n from generate_series(1, 20000) n""");
        db.update(
                """
                insert into stock (id, channel, sku, quantity)
                select n, 'shop-' || n % 50, 'MUG-' || n, 5 from generate_series(1, 20000) n""");
        db.update("analyze");
    }

    /** Fills {@code :n} with the numbers of the orders, newest first, and {@code :at} with when each was received. */
    private void insert(String sql) {
        db.update(sql.replace(":rows", "generate_series(1, " + count + ") n")
                .replace(":at", "now() - n * interval '80 days' / " + count));
    }

    private void orders() {
        insert(
                """
                insert into orders (id, channel, external_id, number, status, currency, tags, revision, event_id, received_at,
                  changed_at, cancelled, push)
                select n, 'shop', 'x' || n, '#' || n, 'paid', 'USD', array['t' || n % 500], 1, n + 10000000, :at, :at, n % 300 = 0,
                  case when n % 300 = 0 then 'cancelled' when n % 200 = 0 then 'not_pushed' when n % 7000 = 3 then 'partially_pushed'
                    else 'pushed' end
                from :rows""");
        insert(
                """
                insert into quantity (order_id, channel, counts)
                select n, 'store', json_build_object('1', json_build_array(
                  case when n % 200 > 0 then 1 end, 1, (n % 200 > 0)::int, 0, 0, 0)) from :rows""");
        insert(
                """
                insert into event (id, order_id, type, revision, channel, outcome, payload, decisions)
                select n + 10000000, n, 'order', 1, 'shop', 'applied',
                  '{"order":{"lines":[{"id":"1","quantity":1}]}}',
                  '[{"channel":"store","verdict":"publish"},{"channel":"erp","verdict":"rule"}]'
                from :rows""");
    }

    private void deliveries() {
        insert(
                """
                insert into lane (id, order_id, channel, external_id, sent_revision, due_at)
                select n + 20000000, n, 'store', case when n % 200 > 0 then 's' || n end, (n % 200 > 0)::int,
                  case when n % 200 = 0 then now() end
                from :rows""");
        insert(
                """
                insert into delivery (id, order_id, lane_id, event_id, channel, operation, state, reason, key, error_code, error,
                  finished_at)
                select 2 * n + 30000000, n, n + 20000000, n + 10000000, 'store', 'create-order',
                  case when n % 1000 = 0 then 'failed' when n % 200 = 0 then 'waiting' else 'delivered' end,
                  case when n % 400 = 0 then 'manual' when n % 5000 = 200 then 'awaiting-mapping' else 'due' end, 'k',
                  case when n % 1000 = 0 then 'refused' end,
                  case when n % 1000 = 0 then 'no such SKU "S' || n || '"' end, now()
                from :rows""");
        insert(
                """
                insert into delivery (id, order_id, lane_id, event_id, channel, operation, state, reason, key, error_code, finished_at)
                select 2 * n + 30000001, n, null, n + 10000000, 'erp', 'create-order', 'withheld',
                  case when n % 4000 = 0 then 'rule-error' else 'rule' end, 'k', null, now()
                from :rows""");
    }

    private void attempts() {
        insert(
                """
                insert into attempt (delivery_id, number, order_id, channel, operation, started_at, finished_at, outcome, status)
                select 2 * n + 30000000, 1, n, 'store', 'create-order', :at, :at,
                  case when n % 1000 = 0 then 'failed' when n % 5000 = 7 then 'unknown' when n % 500 = 3 then 'retry'
                    else 'delivered' end, 200
                from :rows where n % 200 > 0 or n % 1000 = 0""");
        insert(
                """
                insert into attempt (delivery_id, number, order_id, channel, operation, started_at, finished_at, outcome, status)
                select 2 * n + 30000000, 2, n, 'erp', 'refund-order', :at, :at, 'delivered', 200 from :rows where n % 2000 = 9""");
    }

    private void receipts() {
        insert(
                """
                insert into receipt (id, channel, topic, event_id, body_hash, received_at, state, due_at, error_code, error)
                select n + 50000000, 'shop', 'order', 'e' || n, '\\x00', :at,
                  case when n % 2000 = 0 then 'parked' when n % 5000 = 1 then 'waiting' else 'imported' end,
                  case when n % 5000 = 1 then now() end,
                  case when n % 2000 = 0 then 'invalid-event' end, case when n % 2000 = 0 then 'order.id: is missing' end
                from :rows""");
        insert(
                """
                insert into receipt (id, channel, topic, event_id, body_hash, received_at, state, conflict, due_at, error_code)
                select n + 60000000, 'shop', 'order', 'e' || n, '\\x01', :at, 'conflict', true, null, 'event-conflict'
                from :rows where n % 3000 = 5""");
    }

    private void runs() {
        insert(
                """
                insert into run (id, channel, task, started_at, finished_at, state, trigger, summary)
                select n + 70000000, case when n % 2000 = 0 then 'rare' else 'shop' end,
                  case when n % 100 = 0 then 'write-inventory' else 'import-orders' end, :at, :at,
                  case when n % 3000 = 0 then 'failed' else 'done' end, 'schedule',
                  '{"looked":1,"stored":1,"duplicates":0,"conflicts":0,"failed":0}'
                from :rows where n % 20 = 0""");
    }

    private void audit() {
        insert(
                """
                insert into audit (id, at, by, action, order_id, subject)
                select n + 80000000, :at, case when n % 4000 = 0 then 'vera' else 'olga' end,
                  case when n % 8000 = 0 then 'retry' else 'push' end, n, 'store'
                from :rows where n % 10 = 0""");
    }
}

package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.TestDatabase;
import io.waybill.channel.Bundle;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.RuleDrafts;
import io.waybill.ledger.OrderHistory;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How many stored orders a second a back-test gets through on one core, by the thread's own processor time: whole (rows read,
 * JSON, both sets of rules) and the rules alone. Run with the test class path: {@code java -cp … io.waybill.flow.BackTestBench [orders]}.
 */
final class BackTestBench {
    private static final String ERP =
            "connector: http\ntitle: E\nrole: erp\nsettings: { url: \"http://127.0.0.1:1\" }\n";
    private static final String RULES =
            """
            attributes:
              - { attribute: tags, value: ShopifyUS }
              - { attribute: tags, when: { order.totals.total: { greaterThan: "100.00" } }, then: big }
              - { attribute: warehouse, when: { order.shippingAddress.country: { in: [US, CA, MX] } }, then: US-1, otherwise: EU-1 }
              - { attribute: priority, when: { any: [ { tags: { equals: vip } }, { order.note: { containsText: urgent } } ] }, then: 9 }
            overwrites:
              odoo:
                - { attribute: publish, when: { all: [ { order.status: { in: [paid, processing] } }, { not: { tags: { equals: test } } } ] }, then: true, otherwise: false }
              doba:
                - { attribute: publish, of: line, when: { line.sku: { startsWith: DOBA- } }, then: true, otherwise: false }
              store:
                - { attribute: publish, when: "order.totals.total > money('20.00') && 'ShopifyUS' in order.tags", then: true, otherwise: false }
            """;

    private BackTestBench() {}

    public static void main(String[] arguments) throws SQLException {
        int orders = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        TestDatabase database = TestDatabase.fresh();
        fill(database, orders);
        Bundle serving = Objects.requireNonNull(BundleReader.read(BundleFiles.of(Map.of(
                        "channels/shop.yaml", "connector: http\ntitle: S\nrole: marketplace\n".getBytes(UTF_8),
                        "channels/odoo.yaml", ERP.getBytes(UTF_8),
                        "channels/doba.yaml", ERP.getBytes(UTF_8),
                        "channels/store.yaml", ERP.getBytes(UTF_8),
                        "rules/shop.yaml", RULES.getBytes(UTF_8))))
                .bundle());
        Bundle drafts = Objects.requireNonNull(RuleDrafts.over(serving, Map.of("shop", RULES.replace("20.00", "30.00")))
                .bundle());
        OrderHistory history = new OrderHistory(database.dataSource());
        BackTest test = new BackTest(history, Clock.systemUTC());
        for (int round = 0; round < 3; round++) {
            long cpu = cpu();
            long wall = System.nanoTime();
            BackTest.Report report = test.run(serving, drafts, Set.of("shop"), Duration.ofDays(9), 100);
            tell("whole", report.orders(), cpu() - cpu, System.nanoTime() - wall);
            System.out.println(report.destinations());
        }
        List<OrderHistory.Past> kept = new ArrayList<>();
        history.forEach(Instant.now().minus(Duration.ofDays(9)), Set.of("shop"), past -> {
            if (kept.size() < 2_000) {
                kept.add(past);
            }
        });
        for (int round = 0; round < 3; round++) {
            BackTest.Comparison comparison = new BackTest.Comparison(serving, drafts, 100);
            long cpu = cpu();
            long wall = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                kept.forEach(past -> comparison.add(past, Set.of("shop")));
            }
            tell("rules alone", 50L * kept.size(), cpu() - cpu, System.nanoTime() - wall);
        }
        System.exit(0);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void tell(String what, long orders, long cpu, long wall) {
        System.out.printf(
                "%s: %,d orders, %,.0f orders/s of processor time, %,.0f orders/s by the clock%n",
                what, orders, orders / (cpu / 1e9), orders / (wall / 1e9));
    }

    private static void fill(TestDatabase database, int orders) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(
                    """
                    insert into orders (id, channel, external_id, number, status, currency, tags, revision, event_id, received_at, receipt_id)
                    select n, 'shop', 'x' || n, '#' || n, 'paid', 'USD', '{}', 1, n + 10000000, now() - n * interval '1 second', n
                    from generate_series(1, %d) n"""
                            .formatted(orders));
            sql.execute(
                    """
                    insert into event (id, order_id, type, revision, channel, outcome, payload)
                    select n + 10000000, n, 'order', 1, 'shop', 'applied', '{"type":"order","order":{"id":"x' || n || '","number":"#' || n
                      || '","placedAt":"2026-11-20T10:11:12Z","status":"paid","currency":"USD","customer":{"id":"77","name":"Ada Example","email":"ada@example.com"},'
                      || '"shippingAddress":{"line1":"1 Main St","city":"Austin","region":"TX","country":"US"},'
                      || '"lines":[{"id":"1","sku":"MUG-BLUE","title":"Blue mug","quantity":2,"price":"12.50"},'
                      || '{"id":"2","sku":"DOBA-77","quantity":1,"price":"4.90"},{"id":"3","quantity":1}],'
                      || '"shipping":{"method":"Standard","price":"4.90"},"totals":{"total":"' || n %% 60 || '.90"},"tags":["VIP"]}}'
                    from generate_series(1, %d) n"""
                            .formatted(orders));
            sql.execute("analyze");
        }
    }
}

package io.waybill.rule;

import io.waybill.order.Event;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * How many orders a second one core tags and decides for three destinations, traces included; counted by the thread's own
 * processor time, so that a busy machine does not matter. Run it with the test class path: {@code java -cp … io.waybill.rule.RuleBench [seconds]}.
 */
final class RuleBench {
    static final String RULES =
            """
            attributes:
              - { attribute: tags, value: ShopifyUS }
              - { attribute: tags, when: { order.totals.total: { greaterThan: "100.00" } }, then: big }
              - { attribute: warehouse, when: { order.shippingAddress.country: { in: [US, CA, MX] } }, then: US-1, otherwise: EU-1 }
              - { attribute: priority, when: { any: [ { tags: { equals: vip } }, { order.note: { containsText: urgent } } ] }, then: 9 }
              - { attribute: attributes.gift, when: "order.lines.exists(l, l.quantity > 1) && has(order.note)", then: "yes" }
            overwrites:
              odoo:
                - { attribute: prefix, value: US- }
                - attribute: publish
                  when: { all: [ { order.status: { in: [paid, processing] } }, { not: { tags: { equals: test } } } ] }
                  then: true
                  otherwise: false
              doba:
                - { attribute: publish, of: line, when: { line.sku: { startsWith: DOBA- } }, then: true, otherwise: false }
              store:
                - attribute: publish
                  when: "order.totals.total > money('20.00') && 'ShopifyUS' in order.tags"
                  then: true
                  otherwise: false
                - { attribute: tags, when: { order.customer.email: { matches: '@example\\.(com|org)$' } }, then: house }
            """;
    private static final List<String> DESTINATIONS = List.of("odoo", "doba", "store");

    private RuleBench() {}

    public static void main(String[] arguments) {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 5;
        RuleSet rules = RuleFiles.rules(RULES);
        List<Event> events = events();
        run(rules, events, seconds);
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long orders = run(rules, events, seconds);
        double cpu = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
        System.out.printf(
                "%,d orders/s, %,d decisions/s on one core (10 rules, 3 destinations, 3 lines; %.1f of %.1f s on the core)%n",
                Math.round(orders / cpu), Math.round(orders * DESTINATIONS.size() / cpu), cpu, seconds);
    }

    private static long run(RuleSet rules, List<Event> events, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long orders = 0;
        long published = 0;
        while (System.nanoTime() < end) {
            for (Event event : events) {
                Tagged tagged = rules.tag(event, ((OrderChanged) event).order());
                for (String destination : DESTINATIONS) {
                    published += rules.decide(event, tagged, destination).verdict() == Verdict.PUBLISH ? 1 : 0;
                }
                orders++;
            }
        }
        if (published == 0 || published == orders * DESTINATIONS.size()) {
            throw new IllegalStateException("the rules decide nothing");
        }
        return orders;
    }

    private static List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Order order = TestOrders.ORDER
                    .change()
                    .number("#" + i)
                    .note(i % 3 == 0 ? "please be quick" : null)
                    .tags(i % 4 == 0 ? List.of("test") : List.of("VIP"))
                    .build();
            events.add(new OrderChanged(order));
        }
        return events;
    }
}

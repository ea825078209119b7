package io.waybill.rule;

import io.waybill.order.Line;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts how often each rule of one set held, and keeps no trace: for looks at many orders. Not for use by several threads.
 */
public final class RuleTally implements Witness {
    private final Map<Rule, Count> counts = new IdentityHashMap<>();

    private static final class Count {
        private long asked;
        private long held;
        private long missed;
        private long failed;

        private void add(boolean holds, boolean misses, boolean fails) {
            asked++;
            held += holds ? 1 : 0;
            missed += misses ? 1 : 0;
            failed += fails ? 1 : 0;
        }
    }

    /** How each rule fared, in the order of the file; those that nothing ever asked are among them. */
    public List<RuleUse> uses(RuleSet rules) {
        return rules.all().map(this::use).toList();
    }

    private RuleUse use(Rule rule) {
        Count count = counts.getOrDefault(rule, new Count());
        return new RuleUse(
                rule.label(),
                rule.attribute().word(),
                rule.cel(),
                count.asked,
                count.held,
                count.missed,
                count.failed,
                RuleUse.Standing.of(rule.when() != null, count.asked, count.held, count.missed + count.failed));
    }

    @Override
    public Asking asking(Scope scope, int line) {
        return Asking.silent(scope);
    }

    @Override
    public void saw(Rule rule, Rule.Ruling ruling) {
        boolean failed = ruling.failure() != null;
        count(rule).add(ruling.held(), !ruling.held() && !failed, failed);
    }

    @Override
    public void saw(Rule rule, List<Line> lines, List<Rule.Ruling> rulings) {
        boolean held = false;
        boolean missed = false;
        boolean failed = false;
        for (Rule.Ruling ruling : rulings) {
            held |= ruling.held();
            failed |= ruling.failure() != null;
            missed |= !ruling.held() && ruling.failure() == null;
        }
        count(rule).add(held, missed, failed);
    }

    private Count count(Rule rule) {
        return counts.computeIfAbsent(rule, seen -> new Count());
    }
}

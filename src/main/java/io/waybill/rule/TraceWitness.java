package io.waybill.rule;

import io.waybill.order.Line;
import java.util.ArrayList;
import java.util.List;

/** Writes down everything for people; of the lines only the first ones with their conditions. */
final class TraceWitness implements Witness {
    private final List<RuleTrace> trace = new ArrayList<>();

    List<RuleTrace> trace() {
        return trace;
    }

    @Override
    public Asking asking(Scope scope, int line) {
        return line < RuleTrace.LISTED_LINES ? Asking.noting(scope) : Asking.silent(scope);
    }

    @Override
    public void saw(Rule rule, Rule.Ruling ruling) {
        trace.add(rule.trace(ruling));
    }

    @Override
    public void saw(Rule rule, List<Line> lines, List<Rule.Ruling> rulings) {
        trace.add(rule.trace(lines, rulings));
    }
}

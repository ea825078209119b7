package io.waybill.rule;

import io.waybill.order.Order;
import java.util.List;

/** The order after the rules that hold for every destination, and how each of them came out. */
public record Tagged(Order order, Marks marks, List<RuleTrace> trace) {
    public Tagged {
        trace = List.copyOf(trace);
    }

    public Tagged withTags(List<String> tags) {
        return tags.equals(order.tags()) ? this : new Tagged(order.withTags(tags), marks, trace);
    }

    Tagged with(List<RuleTrace> newTrace) {
        return new Tagged(order, marks, newTrace);
    }
}

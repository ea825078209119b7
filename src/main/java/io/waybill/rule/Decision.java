package io.waybill.rule;

import io.waybill.order.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one event at one destination. {@code reason} is a sentence for people, null when published; it names
 * the first rule that did not say true and never repeats a value of the order. {@code order} has this destination's
 * overwrites, and only the lines that line rules let through. {@code trace} holds the publish rules and the overwrites.
 */
public record Decision(
        String destination, Verdict verdict, @Nullable String reason, Order order, Marks marks, List<RuleTrace> trace) {
    public Decision {
        trace = List.copyOf(trace);
    }

    Decision with(List<RuleTrace> newTrace) {
        return new Decision(destination, verdict, reason, order, marks, newTrace);
    }
}

package io.waybill.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a rule came out for one line of the order. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LineTrace(
        String line,
        @Nullable String sku,
        RuleTrace.Outcome outcome,
        @Nullable Object value,
        List<ConditionTrace> conditions) {
    public LineTrace {
        conditions = List.copyOf(conditions);
    }
}

package io.waybill.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What rules say about the handling of an order, beside the order itself. A higher priority goes first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Marks(@Nullable String warehouse, @Nullable String prefix, @Nullable Integer priority) {
    public static final Marks NONE = new Marks(null, null, null);

    Marks withWarehouse(String value) {
        return new Marks(value, prefix, priority);
    }

    Marks withPrefix(String value) {
        return new Marks(warehouse, value, priority);
    }

    Marks withPriority(int value) {
        return new Marks(warehouse, prefix, value);
    }
}

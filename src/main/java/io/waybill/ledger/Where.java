package io.waybill.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions joined by "and", each with its parameters. The text of a condition is always ours; values are always bound. */
final class Where {
    private final List<String> conditions = new ArrayList<>(List.of("true"));
    private final List<Object> parameters = new ArrayList<>();

    Where and(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Adds the condition, its one parameter bound to the value, unless the value is null. */
    Where andIf(@Nullable Object value, String condition) {
        return value == null ? this : and(condition, value);
    }

    String sql() {
        return String.join("\n  and ", conditions);
    }

    @Nullable
    Object[] parameters(Object... more) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(List.of(more));
        return all.toArray();
    }
}

package io.waybill.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How one leaf of a condition came out. {@code operator} is the rule file's word, or {@code cel} for a piece of a text
 * condition, whose source is then {@code expected}. {@code actual} may be a customer's data: store it, never log it.
 * {@code nearMiss}: only letter case stood in the way.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConditionTrace(
        String path,
        String operator,
        @Nullable Object expected,
        @Nullable Object actual,
        boolean result,
        boolean nearMiss,
        @Nullable String note) {
    static final String LETTER_CASE = "differs only by letter case";
}

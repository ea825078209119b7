package io.waybill.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one rule came out: its place in the file ({@code destination} null means under {@code attributes}; {@code index}
 * counts from 0), what it gave, and every condition it looked at. {@code when} is the whole condition as CEL. Of a rule
 * over lines at most {@value #LISTED_LINES} lines are listed; {@code linesNotListed} says how many more there were.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleTrace(
        @Nullable String destination,
        int index,
        String attribute,
        String of,
        Outcome outcome,
        @Nullable Object value,
        @Nullable String when,
        List<ConditionTrace> conditions,
        List<LineTrace> lines,
        int linesNotListed,
        @Nullable String error) {
    public static final int LISTED_LINES = 20;

    /** What a rule did. */
    public enum Outcome {
        /** It gave a value ({@code then}, {@code otherwise}, or the constant). */
        SET,
        /** Its condition was false and it has no {@code otherwise}. */
        NOT_SET,
        /** Its condition could not be evaluated: an attribute is skipped, a publish rule withholds. */
        FAILED;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public RuleTrace {
        conditions = List.copyOf(conditions);
        lines = List.copyOf(lines);
    }

    /** "rule 2 under overwrites.doba", as people count. */
    public String label() {
        return Rule.label(destination, index);
    }

    /** A sentence for each comparison that only letter case kept from holding. May hold a customer's data. */
    public List<String> nearMisses() {
        return Stream.concat(conditions.stream(), lines.stream().flatMap(line -> line.conditions().stream()))
                .filter(ConditionTrace::nearMiss)
                .map(near -> label() + " nearly held: " + near.path() + " " + near.operator() + " " + near.expected()
                        + " met " + near.actual() + ", which " + ConditionTrace.LETTER_CASE + ".")
                .distinct()
                .toList();
    }
}

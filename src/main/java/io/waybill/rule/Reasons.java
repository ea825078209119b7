package io.waybill.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Collectors;

/** Says why in words. Values of the order stay out: reasons reach logs and metrics. */
final class Reasons {
    private static final int MOST = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Reasons() {}

    static String since(Rule.Ruling ruling) {
        return ruling.conditions().isEmpty()
                ? ""
                : ruling.conditions().stream()
                        .limit(MOST)
                        .map(Reasons::words)
                        .collect(Collectors.joining(
                                "; ", " (", ruling.conditions().size() > MOST ? "; …)" : ")"));
    }

    private static String words(ConditionTrace condition) {
        String outcome = condition.note() != null ? "no, " + condition.note() : condition.result() ? "yes" : "no";
        return question(condition) + ": " + outcome;
    }

    private static String question(ConditionTrace condition) {
        return condition.operator().equals("cel")
                ? String.valueOf(condition.expected())
                : condition.path() + " " + condition.operator() + " " + json(condition);
    }

    private static String json(ConditionTrace condition) {
        try {
            return JSON.writeValueAsString(condition.expected());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("operands came from JSON", e);
        }
    }
}

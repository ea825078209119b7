package io.waybill.rule;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of a structured condition, and the types of fields each suits. */
enum Operator {
    EQUALS("equals", FieldType.TEXT, FieldType.TEXTS, FieldType.NUMBER, FieldType.AMOUNT, FieldType.INSTANT),
    CONTAINS_TEXT("containsText", FieldType.TEXT, FieldType.TEXTS),
    STARTS_WITH("startsWith", FieldType.TEXT, FieldType.TEXTS),
    ENDS_WITH("endsWith", FieldType.TEXT, FieldType.TEXTS),
    IN("in", FieldType.TEXT, FieldType.TEXTS, FieldType.NUMBER, FieldType.AMOUNT, FieldType.INSTANT),
    MATCHES("matches", FieldType.TEXT, FieldType.TEXTS),
    GREATER_THAN("greaterThan", FieldType.NUMBER, FieldType.AMOUNT, FieldType.INSTANT),
    LESS_THAN("lessThan", FieldType.NUMBER, FieldType.AMOUNT, FieldType.INSTANT),
    EXISTS("exists", FieldType.values());

    /** Beside the operators: compare text with its letter case. */
    static final String EXACTLY = "exactly";

    private final String word;
    private final Set<FieldType> types;

    Operator(String word, FieldType... types) {
        this.word = word;
        this.types = EnumSet.copyOf(Arrays.asList(types));
    }

    String word() {
        return word;
    }

    boolean suits(FieldType type) {
        return types.contains(type);
    }

    static Optional<Operator> of(String word) {
        return Arrays.stream(values()).filter(o -> o.word.equals(word)).findFirst();
    }

    static String words(FieldType type) {
        return Arrays.stream(values())
                .filter(operator -> operator.suits(type))
                .map(Operator::word)
                .collect(Collectors.joining(", "));
    }
}

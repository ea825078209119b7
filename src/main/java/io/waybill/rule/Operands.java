package io.waybill.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Amounts;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What may stand after an operator. */
final class Operands {
    private Operands() {}

    /** What to write instead, or null when the operand is fine. */
    static @Nullable String fix(Operator operator, FieldType type, JsonNode value) {
        return switch (operator) {
            case EXISTS -> value.isBoolean() ? null : "write true or false";
            case IN -> fixList(type, value);
            case MATCHES -> value.isTextual() ? CelPatterns.problem(value.textValue()) : "write a pattern in quotes";
            case EQUALS, CONTAINS_TEXT, STARTS_WITH, ENDS_WITH, GREATER_THAN, LESS_THAN -> fixOne(type, value);
        };
    }

    private static @Nullable String fixList(FieldType type, JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            return "write a list of at least one value, such as [a, b]";
        }
        for (JsonNode element : value) {
            String fix = fixOne(type, element);
            if (fix != null) {
                return fix;
            }
        }
        return null;
    }

    private static @Nullable String fixOne(FieldType type, JsonNode value) {
        return switch (type) {
            case TEXT, TEXTS -> value.isTextual() ? null : "write a text; put numbers and yes/no in quotes";
            case NUMBER -> value.isIntegralNumber() && value.canConvertToLong() ? null : "write a whole number";
            case AMOUNT -> isAmount(value) ? null : "write an amount such as \"100.00\"";
            case INSTANT -> isInstant(value) ? null : "write a time such as \"2026-11-20T10:11:12Z\"";
            case ATTRIBUTES, GROUP -> "ask for one of its fields";
        };
    }

    private static boolean isAmount(JsonNode value) {
        try {
            Amounts.parse(decimal(value));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** 100, 99.95 and "99.95" are all fine: the shortest decimal that reads back the same is what was written. */
    static String decimal(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.isTextual() ? value.textValue() : "";
    }

    private static boolean isInstant(JsonNode value) {
        try {
            return value.isTextual() && OffsetDateTime.parse(value.textValue()) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}

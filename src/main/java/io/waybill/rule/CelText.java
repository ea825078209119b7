package io.waybill.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes CEL source: literals that no content can break out of, and one comparison per operator and type. */
final class CelText {
    private CelText() {}

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('\'').toString();
    }

    /** The whole leaf: of several values it holds when it holds for one. */
    static String leaf(Path path, Operator operator, JsonNode expected, boolean exactly) {
        if (operator == Operator.EXISTS) {
            return expected.booleanValue() ? exists(path) : "!" + exists(path);
        }
        if (path.spread() >= 0) {
            String element = path.celFrom("x");
            return path.celUpTo(path.spread() + 1) + ".exists(x, " + present(path, "x") + " && "
                    + comparison(element, path.type(), operator, expected, exactly) + ")";
        }
        if (path.type() == FieldType.TEXTS) {
            return path.cel() + ".exists(x, " + comparison("x", FieldType.TEXT, operator, expected, exactly) + ")";
        }
        return comparison(path.cel(), path.type(), operator, expected, exactly);
    }

    /** The leaf as it has to stand in a larger expression, where a missing field must be false and not spread. */
    static String guarded(Path path, Operator operator, String leaf) {
        return operator == Operator.EXISTS || path.spread() >= 0 || path.isList()
                ? leaf
                : "(" + present(path, null) + " && " + leaf + ")";
    }

    private static String exists(Path path) {
        if (path.spread() >= 0) {
            return path.celUpTo(path.spread() + 1) + ".exists(x, " + present(path, "x") + ")";
        }
        if (path.isList() || path.type() == FieldType.ATTRIBUTES) {
            return "(size(" + path.cel() + ") > 0)";
        }
        return present(path, null);
    }

    private static String present(Path path, @Nullable String element) {
        if (path.key() != null) {
            String map = element == null ? path.celUpTo(path.members().size()) : element + ".attributes";
            return "(" + quoted(path.key()) + " in " + map + ")";
        }
        return "has(" + (element == null ? path.cel() : path.celFrom(element)) + ")";
    }

    private static String comparison(
            String value, FieldType type, Operator operator, JsonNode expected, boolean exactly) {
        boolean anyCase = type == FieldType.TEXT && !exactly;
        return switch (operator) {
            case EQUALS -> anyCase ? call(value, "equalsText", expected, type) : infix(value, "==", expected, type);
            case CONTAINS_TEXT -> call(value, exactly ? "contains" : "containsText", expected, type);
            case STARTS_WITH -> call(value, exactly ? "startsWith" : "startsWithText", expected, type);
            case ENDS_WITH -> call(value, exactly ? "endsWith" : "endsWithText", expected, type);
            case IN ->
                anyCase ? value + ".inText(" + list(expected, type) + ")" : value + " in " + list(expected, type);
            case MATCHES -> value + ".matches(" + quoted((exactly ? "" : "(?i)") + expected.asText()) + ")";
            case GREATER_THAN -> infix(value, ">", expected, type);
            case LESS_THAN -> infix(value, "<", expected, type);
            case EXISTS -> throw new IllegalStateException("written elsewhere");
        };
    }

    private static String call(String value, String function, JsonNode expected, FieldType type) {
        return value + "." + function + "(" + literal(expected, type) + ")";
    }

    private static String infix(String value, String operator, JsonNode expected, FieldType type) {
        return value + " " + operator + " " + literal(expected, type);
    }

    private static String list(JsonNode expected, FieldType type) {
        List<String> literals = new ArrayList<>();
        expected.forEach(element -> literals.add(literal(element, type)));
        return literals.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private static String literal(JsonNode value, FieldType type) {
        return switch (type) {
            case TEXT -> quoted(value.asText());
            case NUMBER -> value.asText();
            case AMOUNT -> "money(" + quoted(Operands.decimal(value)) + ")";
            case INSTANT -> "timestamp(" + quoted(value.asText()) + ")";
            case TEXTS, ATTRIBUTES, GROUP -> throw new IllegalStateException(type + " has no literal");
        };
    }
}

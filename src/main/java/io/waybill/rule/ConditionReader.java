package io.waybill.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.common.CelValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code when:}. What cannot be read is noted as a problem, and null is answered. */
final class ConditionReader {
    private static final int MAX_DEPTH = 20;
    private static final ObjectMapper PLAIN = new ObjectMapper();

    private final Problems problems;
    private final boolean line;

    ConditionReader(Problems problems, boolean line) {
        this.problems = problems;
        this.line = line;
    }

    @Nullable
    Condition read(String pointer, JsonNode node) {
        return read(pointer, node, 1);
    }

    private @Nullable Condition read(String pointer, JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            problems.add(pointer, "condition-too-deep", "conditions are nested too deeply", "write it flatter");
            return null;
        }
        if (node.isTextual()) {
            return new TextConditionReader(problems, line).read(pointer, node.textValue());
        }
        if (!node.isObject() || node.isEmpty()) {
            problems.add(
                    pointer,
                    "wrong-type",
                    "a condition is missing here",
                    "write a condition such as { tags: { equals: vip } }, or a CEL expression in quotes");
            return null;
        }
        return readAll(pointer, node, depth);
    }

    private @Nullable Condition readAll(String pointer, JsonNode node, int depth) {
        List<@Nullable Condition> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = entry.getKey();
            String at = Problems.under(pointer, key);
            switch (key) {
                case "all" -> parts.add(all(list(at, entry.getValue(), depth)));
                case "any" -> parts.add(any(list(at, entry.getValue(), depth)));
                case "not" -> parts.add(not(read(at, entry.getValue(), depth + 1)));
                default -> parts.add(field(at, key, entry.getValue()));
            }
        }
        return all(parts);
    }

    private List<@Nullable Condition> list(String pointer, JsonNode node, int depth) {
        List<@Nullable Condition> parts = new ArrayList<>();
        if (!node.isArray() || node.isEmpty()) {
            problems.add(
                    pointer, "wrong-type", "must be a list of conditions", "write at least one, each after a dash");
            parts.add(null);
            return parts;
        }
        for (int i = 0; i < node.size(); i++) {
            parts.add(read(pointer + "/" + i, node.get(i), depth + 1));
        }
        return parts;
    }

    private static @Nullable Condition all(List<@Nullable Condition> parts) {
        List<Condition> whole = whole(parts);
        return whole == null ? null : whole.size() == 1 ? whole.get(0) : new Condition.All(whole);
    }

    private static @Nullable Condition any(List<@Nullable Condition> parts) {
        List<Condition> whole = whole(parts);
        return whole == null ? null : whole.size() == 1 ? whole.get(0) : new Condition.Any(whole);
    }

    private static @Nullable Condition not(@Nullable Condition part) {
        return part == null ? null : new Condition.Not(part);
    }

    private static @Nullable List<Condition> whole(List<@Nullable Condition> parts) {
        List<Condition> whole = new ArrayList<>();
        for (@Nullable Condition part : parts) {
            if (part == null) {
                return null;
            }
            whole.add(part);
        }
        return List.copyOf(whole);
    }

    private @Nullable Condition field(String pointer, String name, JsonNode tests) {
        Path path = path(pointer, name);
        if (!tests.isObject() || tests.isEmpty() || tests.size() == 1 && tests.has(Operator.EXACTLY)) {
            problems.add(
                    pointer,
                    "wrong-type",
                    "an operator is missing after " + name,
                    "write { equals: … } or another of " + Operator.words(path == null ? FieldType.TEXT : path.type()));
            return null;
        }
        boolean exactly = exactly(pointer, path, tests);
        List<@Nullable Condition> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> test : tests.properties()) {
            if (!test.getKey().equals(Operator.EXACTLY)) {
                parts.add(test(Problems.under(pointer, test.getKey()), path, test.getKey(), test.getValue(), exactly));
            }
        }
        return all(parts);
    }

    private @Nullable Path path(String pointer, String name) {
        try {
            Path path = Path.of(name);
            if (path.variable() == Variable.LINE && !line) {
                problems.add(
                        pointer,
                        "line-outside-line-rule",
                        name + " can only be asked of one line",
                        "add of: line to the rule, or ask order.lines." + name.substring(name.indexOf('.') + 1)
                                + " (any line)");
                return null;
            }
            return path;
        } catch (Path.Unknown e) {
            problems.add(pointer, "unknown-field", name + ": " + e.getMessage(), unknownFix(name));
            return null;
        }
    }

    private static String unknownFix(String name) {
        return Nearest.of(name, FieldCatalogue.names())
                .map(known -> "did you mean " + known + "?")
                .orElse("see the field catalogue in the rules guide");
    }

    private boolean exactly(String pointer, @Nullable Path path, JsonNode tests) {
        JsonNode exactly = tests.path(Operator.EXACTLY);
        if (exactly.isMissingNode()) {
            return false;
        }
        if (!exactly.isBoolean()) {
            problems.add(
                    Problems.under(pointer, Operator.EXACTLY),
                    "bad-operand",
                    "exactly is yes or no",
                    "write true or false");
        } else if (path != null && path.type() != FieldType.TEXT && path.type() != FieldType.TEXTS) {
            problems.add(
                    Problems.under(pointer, Operator.EXACTLY),
                    "operator-type",
                    "exactly is about letter case, and " + path.text() + " is no text",
                    "remove it");
        }
        return exactly.booleanValue();
    }

    private @Nullable Condition test(
            String pointer, @Nullable Path path, String word, JsonNode operand, boolean exactly) {
        Optional<Operator> operator = Operator.of(word);
        if (operator.isEmpty()) {
            List<String> words = java.util.Arrays.stream(Operator.values())
                    .map(Operator::word)
                    .toList();
            problems.add(pointer, "unknown-operator", word + " is not an operator", Nearest.fix(word, words));
            return null;
        }
        return path == null ? null : test(pointer, path, operator.get(), operand, exactly);
    }

    private @Nullable Condition test(String pointer, Path path, Operator operator, JsonNode operand, boolean exactly) {
        if (!operator.suits(path.type())) {
            problems.add(
                    pointer,
                    "operator-type",
                    operator.word() + " cannot be asked of " + path.text() + ", which is "
                            + path.type().word(),
                    "use one of " + Operator.words(path.type()));
            return null;
        }
        String fix = Operands.fix(operator, path.type(), operand);
        if (fix != null) {
            problems.add(pointer, "bad-operand", "the value after " + operator.word() + " does not fit", fix);
            return null;
        }
        return leaf(pointer, path, operator, operand, exactly);
    }

    private @Nullable Condition leaf(String pointer, Path path, Operator operator, JsonNode operand, boolean exactly) {
        String cel = CelText.leaf(path, operator, operand, exactly);
        try {
            Expression anyCase = exactly ? Cel.of(line).expression(CelText.leaf(path, operator, operand, false)) : null;
            Object expected = PLAIN.convertValue(operand, Object.class);
            Expression expression = Cel.of(line).expression(cel);
            return new FieldLeaf(path, operator, expected, expression, anyCase, CelText.guarded(path, operator, cel));
        } catch (CelValidationException e) {
            problems.add(
                    pointer,
                    "bad-operand",
                    "the value after " + operator.word() + " is too long",
                    "write a shorter one");
            return null;
        }
    }
}

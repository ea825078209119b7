package io.waybill.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a rule file whole and notes every mistake. */
final class RuleSetReader {
    private static final List<String> FILE_KEYS = List.of("attributes", "overwrites");
    private static final List<String> RULE_KEYS = List.of("attribute", "of", "value", "when", "then", "otherwise");

    private final Problems problems = new Problems();

    RuleSet.Reading read(JsonNode file) {
        if (file.isMissingNode() || file.isNull()) {
            return new RuleSet.Reading(RuleSet.EMPTY, List.of());
        }
        if (!file.isObject()) {
            problems.add("", "wrong-type", "a rule file has two parts", "write attributes: and overwrites:");
            return new RuleSet.Reading(null, problems.all());
        }
        knownKeys("", file, FILE_KEYS);
        List<Rule> attributes = rules("/attributes", null, file.path("attributes"));
        RuleSet rules = new RuleSet(attributes, overwrites(file.path("overwrites")));
        return new RuleSet.Reading(problems.none() ? rules : null, problems.all());
    }

    private Map<String, List<Rule>> overwrites(JsonNode node) {
        Map<String, List<Rule>> overwrites = new LinkedHashMap<>();
        if (!node.isMissingNode() && !node.isObject()) {
            problems.add(
                    "/overwrites", "wrong-type", "must name destinations", "write a channel, and its rules below it");
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String pointer = Problems.under("/overwrites", entry.getKey());
            overwrites.put(entry.getKey(), rules(pointer, entry.getKey(), entry.getValue()));
        }
        return overwrites;
    }

    private List<Rule> rules(String pointer, @Nullable String destination, JsonNode node) {
        List<Rule> rules = new ArrayList<>();
        if (!node.isMissingNode() && !node.isArray()) {
            problems.add(pointer, "wrong-type", "must be a list of rules", "write each rule after a dash");
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Rule rule = rule(pointer + "/" + i, destination, i, node.get(i));
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private @Nullable Rule rule(String pointer, @Nullable String destination, int index, JsonNode node) {
        if (!node.isObject()) {
            problems.add(pointer, "wrong-type", "is not a rule", "write { attribute: …, value: … }");
            return null;
        }
        knownKeys(pointer, node, RULE_KEYS);
        shape(pointer, node);
        boolean perLine = perLine(pointer, node);
        Condition when = node.has("when")
                ? new ConditionReader(problems, perLine).read(pointer + "/when", node.get("when"))
                : null;
        Attribute attribute = attribute(pointer, node).orElse(null);
        if (attribute == null) {
            return null;
        }
        if (perLine && !attribute.kind().perLine()) {
            problems.add(
                    pointer + "/of",
                    "no-line-attribute",
                    attribute.word() + " belongs to the whole order",
                    "remove of: line; to ask for any line, write order.lines.<field> in the condition");
        }
        return rule(pointer, destination, index, attribute, perLine, when, node);
    }

    private @Nullable Rule rule(
            String pointer,
            @Nullable String destination,
            int index,
            Attribute attribute,
            boolean perLine,
            @Nullable Condition when,
            JsonNode node) {
        Setting then = setting(pointer, attribute, node, node.has("value") ? "value" : "then");
        Setting otherwise = setting(pointer, attribute, node, "otherwise");
        if (then == null) {
            return null;
        }
        String cel = when == null ? null : when.cel();
        return new Rule(destination, index, attribute, perLine, when, cel, then, otherwise(when, then, otherwise));
    }

    /** A publish rule without {@code otherwise} says the opposite: nobody writes "when X then true" to mean anything else. */
    private static @Nullable Setting otherwise(@Nullable Condition when, Setting then, @Nullable Setting otherwise) {
        return when != null && otherwise == null && then instanceof Setting.Publish says
                ? new Setting.Publish(!says.publish())
                : otherwise;
    }

    private @Nullable Setting setting(String pointer, Attribute attribute, JsonNode node, String key) {
        if (!node.has(key)) {
            return null;
        }
        Setting setting = attribute.setting(node.get(key)).orElse(null);
        if (setting == null) {
            problems.add(
                    pointer + "/" + key,
                    "wrong-value",
                    "is not a value of " + attribute.word(),
                    attribute.kind().fix());
        }
        return setting;
    }

    private Optional<Attribute> attribute(String pointer, JsonNode node) {
        JsonNode word = node.path("attribute");
        if (word.isMissingNode()) {
            problems.add(
                    pointer,
                    "missing-key",
                    "does not say what it sets",
                    "add attribute: with one of " + String.join(", ", Attribute.words()));
            return Optional.empty();
        }
        Optional<Attribute> attribute = word.isTextual() ? Attribute.of(word.textValue()) : Optional.empty();
        if (attribute.isEmpty()) {
            problems.add(
                    pointer + "/attribute",
                    "unknown-attribute",
                    word.asText() + " cannot be set by a rule",
                    Nearest.fix(word.asText(), Attribute.words()));
        }
        return attribute;
    }

    private boolean perLine(String pointer, JsonNode node) {
        JsonNode of = node.path("of");
        if (!of.isMissingNode() && !of.asText().equals("line") && !of.asText().equals("order")) {
            problems.add(pointer + "/of", "wrong-value", "of says what the rule looks at", "write order or line");
        }
        return of.asText().equals("line");
    }

    /** Either a constant, or a condition with what follows from it. */
    private void shape(String pointer, JsonNode node) {
        if (node.has("value")) {
            for (String key : List.of("when", "then", "otherwise")) {
                if (node.has(key)) {
                    problems.add(
                            pointer + "/" + key,
                            "conflicting-keys",
                            key + " and value exclude each other",
                            "keep value for a constant, or write when, then and otherwise");
                }
            }
        } else if (!node.has("when") && !node.has("then")) {
            problems.add(pointer, "missing-key", "gives no value", "add value:, or when: and then:");
        } else if (!node.has("then")) {
            problems.add(pointer, "missing-key", "does not say what follows from when", "add then:");
        } else if (!node.has("when")) {
            problems.add(pointer, "missing-key", "does not say when", "add when:, or write value: instead of then:");
        }
    }

    private void knownKeys(String pointer, JsonNode node, List<String> known) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(
                        Problems.under(pointer, key),
                        "unknown-key",
                        key + " means nothing here",
                        Nearest.fix(key, known));
            }
        });
    }
}

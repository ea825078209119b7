package io.waybill.channel.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compiles and applies mappings. What differs from plain JSLT: our functions; members whose value is null or {@code {}} are
 * left out and empty arrays stay; {@code import} reads paths relative to {@code routes/}; and a number that went through
 * binary floating point is refused instead of written, so that no amount is ever off by a fraction of a cent.
 */
public final class MappingLanguage {
    /** Every application gives all of these. */
    public static final List<String> VARIABLES = List.of("settings", "channel", "vars", "topic", "headers", "now");

    private static final List<Function> FUNCTIONS = Stream.of(
                    Decimals.functions(), Instants.functions(), Texts.functions())
            .flatMap(List::stream)
            .toList();

    /** A variable of ours, or what only looks like one: a text or a comment. */
    private static final Pattern VARIABLE = Pattern.compile(
            "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|//[^\n]*|\\$(" + String.join("|", VARIABLES) + ")(?![A-Za-z0-9_-])");

    private MappingLanguage() {}

    /**
     * @param path of the mapping, relative to {@code routes/}
     * @param files the text of a file by its path
     * @throws JsltException when it is no mapping
     */
    public static Expression compile(String path, java.util.function.Function<String, Optional<String>> files) {
        String text = files.apply(path).orElseThrow(() -> new JsltException("There is no mapping " + path));
        AtomicInteger imports = new AtomicInteger();
        Expression compiled = new Parser(new StringReader(text))
                .withSource(path)
                .withFunctions(FUNCTIONS)
                .withObjectFilter(value -> !value.isNull() && !(value.isObject() && value.isEmpty()))
                .withResourceResolver(name -> new StringReader(imported(
                        files.apply(name).orElseThrow(() -> new JsltException("There is no file " + name)),
                        imports.incrementAndGet())))
                .compile();
        return imports.get() == 0 ? compiled : new Linked(compiled, imports.get());
    }

    /** JSLT gives a variable of ours to one file only, of those that name it: each has names of its own. */
    private static String imported(String text, int number) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) == null ? found.group() : "$" + found.group(1) + "__" + number));
    }

    /** A mapping that imports others, which find the variables under their own names. */
    private record Linked(Expression mapping, int imports) implements Expression {
        @Override
        public JsonNode apply(Map<String, JsonNode> variables, JsonNode input) {
            Map<String, JsonNode> all = new HashMap<>(variables);
            variables.forEach((name, value) ->
                    IntStream.rangeClosed(1, imports).forEach(number -> all.put(name + "__" + number, value)));
            return mapping.apply(all, input);
        }

        @Override
        public JsonNode apply(JsonNode input) {
            return apply(Map.of(), input);
        }
    }

    /** @throws JsltException when it fails; its message may quote the input */
    public static JsonNode apply(Expression mapping, Map<String, JsonNode> variables, JsonNode input) {
        JsonNode made = mapping.apply(variables, input);
        return checked(made, "$");
    }

    private static JsonNode checked(JsonNode node, String path) {
        if (node.isDouble() || node.isFloat()) {
            throw new JsltException("the number at " + path
                    + " went through binary floating point; use decimal(), decimal-add() and their like");
        }
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> member.setValue(checked(member.getValue(), path + "." + member.getKey())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, checked(array.get(i), path + "[" + i + "]"));
            }
        }
        return node.equals(Texts.NULL) ? NullNode.instance : node;
    }
}

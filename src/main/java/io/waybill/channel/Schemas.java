package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds a file against its JSON Schema and tells each mistake in words. The {@code description} beside a schema keyword is
 * the advice given, so that schema, editor hints and findings say the same.
 */
final class Schemas {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();

    private Schemas() {}

    static Schema load(String name) {
        return LOADED.computeIfAbsent(name, Schemas::read);
    }

    static void check(String schema, YamlFile file, Findings findings) {
        for (Error error : load(schema).validate(file.tree())) {
            tell(error, load(schema).getSchemaNode(), file, findings);
        }
    }

    private static Schema read(String name) {
        try (InputStream in = Schemas.class.getResourceAsStream(resource(name))) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its schema " + name + "; it is damaged");
            }
            return REGISTRY.getSchema(in, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        return "/schema/" + name + ".schema.json";
    }

    private static void tell(Error error, JsonNode schema, YamlFile file, Findings findings) {
        String at = error.getInstanceLocation().toString();
        JsonNode rule = around(error, schema);
        switch (String.valueOf(error.getKeyword())) {
            case "additionalProperties", "unevaluatedProperties" -> unknownKey(error, at, rule, file, findings);
            case "required" ->
                findings.error(
                        file.path(),
                        file.line(at),
                        BundleError.MISSING_KEY,
                        "\"" + error.getProperty() + "\" is missing" + in(at),
                        "add it: " + advice(rule.path("properties").path(error.getProperty()), error.getProperty()));
            case "type" -> wrongType(error, at, rule, file, findings);
            case "pattern" ->
                findings.error(
                        file.path(),
                        file.line(at),
                        BundleError.BAD_VALUE,
                        named(at) + " cannot be \"" + file.at(at).asText() + "\"",
                        advice(rule, "use the form " + rule.path("pattern").asText()));
            case "enum" -> badWord(at, rule, file, findings);
            default ->
                findings.error(
                        file.path(),
                        file.line(at),
                        BundleError.BAD_VALUE,
                        named(at) + " " + problem(error),
                        advice(rule, ""));
        }
    }

    private static void unknownKey(Error error, String at, JsonNode rule, YamlFile file, Findings findings) {
        String key = String.valueOf(error.getProperty());
        List<String> known = new ArrayList<>();
        rule.path("properties").fieldNames().forEachRemaining(known::add);
        findings.error(
                file.path(),
                file.line(YamlFile.pointer(at, key)),
                BundleError.UNKNOWN_KEY,
                "unknown key \"" + key + "\"" + in(at),
                Nearest.fix(key, known));
    }

    private static void wrongType(Error error, String at, JsonNode rule, YamlFile file, Findings findings) {
        JsonNode value = file.at(at);
        findings.error(
                file.path(),
                file.line(at),
                BundleError.WRONG_TYPE,
                named(at) + " must be " + wanted(rule.path("type")) + ", not " + found(value),
                typeFix(rule, value));
    }

    private static String typeFix(JsonNode rule, JsonNode value) {
        String wanted = rule.path("type").toString();
        if (wanted.contains("string") && value.isValueNode() && !value.isNull()) {
            return "put it in quotes";
        }
        if (wanted.contains("boolean") && value.isTextual()) {
            return "write true or false, without quotes";
        }
        if (wanted.contains("array") && value.isTextual()) {
            return "put it in square brackets";
        }
        return advice(rule, "");
    }

    private static void badWord(String at, JsonNode rule, YamlFile file, Findings findings) {
        List<String> known = new ArrayList<>();
        rule.path("enum").forEach(word -> known.add(word.asText()));
        String word = file.at(at).asText();
        findings.error(
                file.path(),
                file.line(at),
                BundleError.BAD_VALUE,
                named(at) + " cannot be \"" + word + "\"",
                Nearest.fix(word, known));
    }

    /** The schema object that the failed keyword stands in. */
    private static JsonNode around(Error error, JsonNode schema) {
        @Nullable String pointer = error.getSchemaLocation().getFragment().toString();
        int last = pointer == null ? -1 : pointer.lastIndexOf('/');
        return last < 0 ? schema : schema.at(pointer.substring(0, last));
    }

    private static String advice(JsonNode rule, String otherwise) {
        return rule.path("description").asText(otherwise);
    }

    private static String in(String at) {
        return at.isEmpty() ? "" : " in " + at.substring(1).replace('/', '.');
    }

    private static String named(String at) {
        return at.isEmpty() ? "the file" : "\"" + at.substring(1).replace('/', '.') + "\"";
    }

    private static String wanted(JsonNode type) {
        List<String> words = new ArrayList<>();
        (type.isArray() ? type : List.of(type)).forEach(word -> words.add(word(word.asText())));
        return String.join(" or ", words);
    }

    private static String word(String type) {
        return switch (type) {
            case "string" -> "text";
            case "object" -> "a map of keys";
            case "array" -> "a list";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            default -> type;
        };
    }

    private static String found(JsonNode value) {
        JsonNodeType type = value.getNodeType();
        return type == JsonNodeType.NULL
                ? "empty"
                : value.isTextual() ? "text" : word(type.name().toLowerCase(Locale.ROOT));
    }

    /** The library's sentence without the path in front of it. */
    private static String problem(Error error) {
        String message = String.valueOf(error.getMessage());
        return message.startsWith(": ") ? message.substring(2) : message;
    }
}

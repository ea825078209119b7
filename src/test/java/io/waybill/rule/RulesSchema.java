package io.waybill.rule;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes {@code rules.schema.json} from the field catalogue and the operators. Run {@link #main} after a change of the
 * canonical model; a test tells when it is due.
 */
final class RulesSchema {
    static final Path FILE = Path.of("src/main/resources/schema/rules.schema.json");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<String> OF_ORDER =
            List.of("status", "warehouse", "shippingMethod", "note", "prefix", "priority");

    private RulesSchema() {}

    public static void main(String[] arguments) throws IOException {
        Files.writeString(FILE, text());
    }

    static String text() throws IOException {
        return JSON.writeValueAsString(schema()) + "\n";
    }

    private static ObjectNode schema() throws IOException {
        ObjectNode schema = (ObjectNode)
                JSON.readTree(
                        """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "$id": "urn:waybill:rules",
                  "title": "Rules for everything that comes from one channel: routes/rules/<channel>.yaml",
                  "type": ["object", "null"],
                  "additionalProperties": false,
                  "properties": {
                    "attributes": { "$ref": "#/$defs/rules", "description": "for every destination" },
                    "overwrites": {
                      "type": "object",
                      "description": "for one destination: its channel, and the rules below it",
                      "additionalProperties": { "$ref": "#/$defs/rules" }
                    }
                  },
                  "$defs": {
                    "rules": { "type": "array", "items": { "$ref": "#/$defs/rule" } },
                    "rule": {
                      "type": "object",
                      "additionalProperties": false,
                      "required": ["attribute"],
                      "properties": {
                        "attribute": { "$ref": "#/$defs/attribute" },
                        "of": { "enum": ["order", "line"], "description": "what the rule looks at; order when left out" },
                        "value": { "description": "a constant" },
                        "when": { "$ref": "#/$defs/condition" },
                        "then": { "description": "the value when the condition holds" },
                        "otherwise": { "description": "the value when it does not; left out: none, for publish the opposite" }
                      },
                      "oneOf": [
                        {
                          "required": ["value"],
                          "properties": { "when": false, "then": false, "otherwise": false }
                        },
                        { "required": ["when", "then"], "properties": { "value": false } }
                      ],
                      "allOf": []
                    },
                    "attribute": { "type": "string" },
                    "conditions": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/condition" } },
                    "condition": {
                      "oneOf": [
                        { "type": "string", "minLength": 1, "description": "a CEL expression" },
                        { "type": "object", "minProperties": 1, "additionalProperties": false, "properties": {} }
                      ]
                    }
                  }
                }
                """);
        ObjectNode defs = (ObjectNode) schema.get("$defs");
        attribute((ObjectNode) defs.get("attribute"));
        values((ArrayNode) defs.at("/rule/allOf"));
        fields((ObjectNode) defs.at("/condition/oneOf/1"));
        tests(defs);
        return schema;
    }

    private static void attribute(ObjectNode attribute) {
        ArrayNode words = attribute.putArray("anyOf");
        ArrayNode plain = words.addObject().putArray("enum");
        Attribute.words().stream().filter(word -> !word.contains("<")).forEach(plain::add);
        words.addObject().put("pattern", "^attributes\\..+$");
    }

    private static void values(ArrayNode allOf) throws IOException {
        String text = "{ \"type\": \"string\", \"pattern\": \"\\\\S\" }";
        value(allOf, List.of("publish"), "{ \"type\": \"boolean\" }");
        value(
                allOf,
                List.of("tags"),
                "{ \"anyOf\": [ " + text + ", { \"type\": \"array\", \"minItems\": 1, \"items\": " + text + " } ] }");
        value(
                allOf,
                List.of("status"),
                "{ \"enum\": "
                        + JSON.writeValueAsString(
                                Stream.of(Status.values()).map(Status::word).toList()) + " }");
        value(
                allOf,
                List.of("priority"),
                "{ \"type\": \"integer\", \"minimum\": -2147483648, \"maximum\": 2147483647 }");
        value(allOf, List.of("warehouse", "shippingMethod", "note", "prefix"), text);
        ObjectNode named = allOf.addObject();
        named.putObject("if").putObject("properties").putObject("attribute").put("pattern", "^attributes\\.");
        members(named.putObject("then").putObject("properties"), text);
        ObjectNode whole = allOf.addObject();
        ArrayNode words = whole.putObject("if")
                .putObject("properties")
                .putObject("attribute")
                .putArray("enum");
        OF_ORDER.forEach(words::add);
        whole.putObject("then").putObject("properties").putObject("of").put("const", "order");
    }

    private static void value(ArrayNode allOf, List<String> attributes, String type) throws IOException {
        ObjectNode entry = allOf.addObject();
        ArrayNode words = entry.putObject("if")
                .putObject("properties")
                .putObject("attribute")
                .putArray("enum");
        attributes.forEach(words::add);
        members(entry.putObject("then").putObject("properties"), type);
    }

    private static void members(ObjectNode properties, String type) throws IOException {
        for (String key : List.of("value", "then", "otherwise")) {
            properties.set(key, JSON.readTree(type));
        }
    }

    private static void fields(ObjectNode condition) {
        ObjectNode properties = (ObjectNode) condition.get("properties");
        properties.putObject("all").put("$ref", "#/$defs/conditions");
        properties.putObject("any").put("$ref", "#/$defs/conditions");
        properties.putObject("not").put("$ref", "#/$defs/condition");
        ObjectNode patterns = condition.putObject("patternProperties");
        for (FieldCatalogue.Field field : FieldCatalogue.fields()) {
            boolean named = field.name().endsWith(".<name>");
            String key = named ? "^" + field.name().replace("<name>", "").replace(".", "\\.") + ".+$" : field.name();
            (named ? patterns : properties)
                    .putObject(key)
                    .put("$ref", "#/$defs/" + definition(field.type()))
                    .put("description", field.meaning());
        }
    }

    private static String definition(FieldType type) {
        return switch (type) {
            case TEXT, TEXTS -> "text";
            case GROUP, ATTRIBUTES -> "group";
            case NUMBER, AMOUNT, INSTANT -> type.word();
        };
    }

    private static void tests(ObjectNode defs) throws IOException {
        for (FieldType type :
                List.of(FieldType.TEXT, FieldType.NUMBER, FieldType.AMOUNT, FieldType.INSTANT, FieldType.GROUP)) {
            ObjectNode test = defs.putObject(definition(type));
            test.put("type", "object").put("additionalProperties", false);
            ObjectNode properties = test.putObject("properties");
            ArrayNode one = test.putArray("anyOf");
            for (Operator operator : Operator.values()) {
                if (operator.suits(type)) {
                    properties.set(operator.word(), JSON.readTree(operand(operator, type)));
                    one.addObject().putArray("required").add(operator.word());
                }
            }
            if (type == FieldType.TEXT) {
                properties
                        .putObject(Operator.EXACTLY)
                        .put("type", "boolean")
                        .put("description", "compare with letter case");
            }
        }
    }

    private static String operand(Operator operator, FieldType type) {
        return switch (operator) {
            case EXISTS -> "{ \"type\": \"boolean\" }";
            case IN -> "{ \"type\": \"array\", \"minItems\": 1, \"items\": " + operand(type) + " }";
            case EQUALS, CONTAINS_TEXT, STARTS_WITH, ENDS_WITH, MATCHES, GREATER_THAN, LESS_THAN -> operand(type);
        };
    }

    private static String operand(FieldType type) {
        return switch (type) {
            case TEXT, TEXTS -> "{ \"type\": \"string\" }";
            case NUMBER -> "{ \"type\": \"integer\" }";
            case AMOUNT ->
                "{ \"anyOf\": [ { \"type\": \"number\" },"
                        + " { \"type\": \"string\", \"pattern\": \"^-?[0-9]{1,12}(\\\\.[0-9]+)?$\" } ] }";
            case INSTANT ->
                "{ \"type\": \"string\","
                        + " \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$\" }";
            case ATTRIBUTES, GROUP -> throw new IllegalStateException(type + " has no operand");
        };
    }
}

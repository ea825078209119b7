package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.language.Argument;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import io.waybill.order.EventJson;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Of a whole tree only what a GraphQL document selects: aliases, fragments, {@code @include}, and lists no longer than
 * {@code first}. What it selects and the tree has not is told.
 */
final class Selection {
    private final Document document;
    private final JsonNode variables;
    private final Map<String, FragmentDefinition> fragments;
    private final Consumer<String> missing;

    Selection(Document document, JsonNode variables, Consumer<String> missing) {
        this.document = document;
        this.variables = variables;
        this.missing = missing;
        this.fragments = document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .collect(Collectors.toMap(FragmentDefinition::getName, fragment -> fragment));
    }

    OperationDefinition operation() {
        return document.getDefinitionsOfType(OperationDefinition.class).get(0);
    }

    JsonNode of(JsonNode data) {
        return of(data, operation().getSelectionSet());
    }

    /** An argument's value, variables filled in. */
    JsonNode argument(Field field, String name) {
        return field.getArguments().stream()
                .filter(argument -> argument.getName().equals(name))
                .map(Argument::getValue)
                .map(this::value)
                .findFirst()
                .orElse(NullNode.instance);
    }

    JsonNode value(Value<?> value) {
        if (value instanceof VariableReference reference) {
            return variables.path(reference.getName());
        }
        if (value instanceof IntValue number) {
            return EventJson.MAPPER.valueToTree(number.getValue());
        }
        if (value instanceof StringValue text) {
            return EventJson.MAPPER.valueToTree(text.getValue());
        }
        return value instanceof BooleanValue truth ? EventJson.MAPPER.valueToTree(truth.isValue()) : NullNode.instance;
    }

    private JsonNode of(JsonNode node, SelectionSet selected) {
        if (selected == null || !node.isContainerNode()) {
            return node;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode chosen = EventJson.MAPPER.createArrayNode();
            array.forEach(element -> chosen.add(of(element, selected)));
            return chosen;
        }
        ObjectNode chosen = EventJson.MAPPER.createObjectNode();
        select(node, selected, chosen, true);
        return chosen;
    }

    private void select(JsonNode node, SelectionSet selected, ObjectNode into, boolean all) {
        selected.getSelections().forEach(one -> {
            if (one instanceof Field field && isIncluded(field)) {
                select(node, field, into, all);
            } else if (one instanceof FragmentSpread spread) {
                select(node, fragments.get(spread.getName()).getSelectionSet(), into, all);
            } else if (one instanceof InlineFragment inline) {
                select(node, inline.getSelectionSet(), into, false);
            }
        });
    }

    private void select(JsonNode node, Field field, ObjectNode into, boolean all) {
        String name = node.has(field.getName()) ? field.getName() : field.getAlias();
        if (name == null || !node.has(name)) {
            if (all) {
                missing.accept(field.getName() + " is asked for, and not there to be given");
            }
            return;
        }
        into.set(field.getResultKey(), of(cut(node.path(name), field), field.getSelectionSet()));
    }

    private boolean isIncluded(Field field) {
        return field.getDirectives("include").stream()
                .map(Directive::getArguments)
                .allMatch(arguments -> value(arguments.get(0).getValue()).asBoolean());
    }

    /** A cursor is the number of what was given before. */
    private JsonNode cut(JsonNode node, Field field) {
        int first = argument(field, "first").asInt(Integer.MAX_VALUE);
        int after = argument(field, "after").asInt(0);
        if (node instanceof ArrayNode array) {
            return slice(array, 0, first);
        }
        if (!(node.path("nodes") instanceof ArrayNode nodes) || node.has("pageInfo")) {
            return node;
        }
        ObjectNode page = node.deepCopy();
        page.set("nodes", slice(nodes, after, first));
        page.putObject("pageInfo")
                .put("hasNextPage", nodes.size() - after > first)
                .put("endCursor", String.valueOf(after + Math.min(first, nodes.size() - after)));
        return page;
    }

    private static ArrayNode slice(ArrayNode array, int from, int most) {
        ArrayNode slice = EventJson.MAPPER.createArrayNode();
        for (int i = from; i < array.size() && i - from < most; i++) {
            slice.add(array.get(i));
        }
        return slice;
    }
}

package io.waybill.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.RunSummary;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What a poll answered. The body is an array of messages, one message, or an object with the array under {@code events} or
 * {@code orders}, or under {@code items} messages of the system's own as {@code {"id", "at", "body"}}; a list may also hold bytes that nobody could read. How to go on stands in exchange variables, or beside
 * the array.
 *
 * @param nextCursor where the next poll begins; kept over runs
 * @param nextPage where the next page of this run begins; not kept
 * @param hasMore null when nothing was said
 * @param taken what the poll took in by itself
 */
record Page(
        List<Item> items,
        @Nullable String nextCursor,
        @Nullable String nextPage,
        @Nullable Boolean hasMore,
        RunSummary taken) {

    private static final List<String> LISTS = List.of("items", "events", "orders");
    private static final Set<String> GOING_ON = Set.of("nextCursor", "nextPage", "hasMore");

    static Page of(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        JsonNode beside = EventJson.MAPPER.missingNode();
        List<Item> items = new ArrayList<>();
        if (body instanceof List<?> list) {
            list.forEach(element -> items.add(item(element)));
        } else if (body != null) {
            JsonNode tree = tree(body);
            beside = LISTS.stream().anyMatch(tree::has) || isEmptyPage(tree) ? tree : beside;
            elements(tree).forEach(element -> items.add(tree.has("items") ? Item.told(element) : Item.of(element)));
        }
        return new Page(
                items,
                text(exchange, beside, "nextCursor"),
                text(exchange, beside, "nextPage"),
                flag(exchange, beside),
                taken(exchange));
    }

    private static Iterable<JsonNode> elements(JsonNode tree) {
        if (isEmptyPage(tree)) {
            return List.of();
        }
        JsonNode array =
                LISTS.stream().filter(tree::has).findFirst().map(tree::get).orElse(tree);
        return array.isArray() ? array : List.of(array);
    }

    /** A mapping leaves out what is null: a list of nothing too. */
    private static boolean isEmptyPage(JsonNode tree) {
        return tree.isObject()
                && tree.properties().stream().map(Map.Entry::getKey).allMatch(GOING_ON::contains);
    }

    private static Item item(@Nullable Object element) {
        if (element instanceof JsonNode node) {
            return Item.of(node);
        }
        byte[] bytes = bytes(element);
        try {
            return Item.of(EventJson.tree(bytes));
        } catch (WaybillException e) {
            // Kept as it is: it parks as a receipt of its own, and keeps nobody waiting.
            return new Item(null, null, bytes);
        }
    }

    private static byte[] bytes(@Nullable Object element) {
        if (element instanceof byte[] bytes) {
            return bytes;
        }
        return element instanceof Map<?, ?> map
                ? EventJson.bytes(EventJson.MAPPER.valueToTree(map))
                : String.valueOf(element).getBytes(UTF_8);
    }

    private static JsonNode tree(Object body) {
        if (body instanceof JsonNode node) {
            return node;
        }
        try {
            return body instanceof Map<?, ?> map ? EventJson.MAPPER.valueToTree(map) : EventJson.tree(bytes(body));
        } catch (WaybillException e) {
            throw new WaybillException(
                    TaskError.POLL_UNREADABLE, "The channel's answer is no JSON: " + e.getMessage(), e);
        }
    }

    private static @Nullable String text(Exchange exchange, JsonNode beside, String name) {
        String variable = exchange.getVariable(name, String.class);
        JsonNode member = beside.path(name);
        String value = variable != null ? variable : member.isValueNode() && !member.isNull() ? member.asText() : null;
        return value == null || value.isBlank() ? null : value;
    }

    private static @Nullable Boolean flag(Exchange exchange, JsonNode beside) {
        Boolean variable = exchange.getVariable("hasMore", Boolean.class);
        JsonNode member = beside.path("hasMore");
        return variable != null ? variable : member.isBoolean() ? Boolean.valueOf(member.booleanValue()) : null;
    }

    static RunSummary taken(Exchange exchange) {
        Map<?, ?> counts = exchange.getVariable("summary", Map.of(), Map.class);
        return new RunSummary(
                count(counts, "looked"),
                count(counts, "stored"),
                count(counts, "duplicates"),
                count(counts, "conflicts"),
                count(counts, "failed"));
    }

    private static long count(Map<?, ?> counts, String name) {
        return counts.get(name) instanceof Number number ? number.longValue() : 0;
    }
}

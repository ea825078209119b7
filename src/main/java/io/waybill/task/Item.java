package io.waybill.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.EventJson;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message of a page, about to become a receipt.
 *
 * @param eventId an order's id and version, so that what an overlap brings again is known again; null: the body's hash
 * @param changedAt when it changed there, as far as it says
 */
record Item(@Nullable String eventId, @Nullable Instant changedAt, byte[] body) {
    static Item of(JsonNode node) {
        JsonNode order = node.path("order");
        if (!order.isObject()) {
            return new Item(null, instant(node.path("at")), EventJson.bytes(node));
        }
        Instant updated = instant(order.path("updatedAt"));
        return new Item(id(order), updated == null ? instant(order.path("placedAt")) : updated, EventJson.bytes(node));
    }

    /** A message as the system has it; the poll's mapping says which one it is and when it changed. */
    static Item told(JsonNode item) {
        return new Item(text(item.path("id")), instant(item.path("at")), EventJson.bytes(item.path("body")));
    }

    private static @Nullable String id(JsonNode order) {
        String id = text(order.path("id"));
        String version = text(order.path("version"));
        String state = version == null ? text(order.path("updatedAt")) : version;
        return id == null || state == null ? null : id + "@" + state;
    }

    /** Control characters cannot be part of a key; such a message is known by its hash, and parks. */
    private static @Nullable String text(JsonNode node) {
        boolean usable = node.isTextual()
                && !node.asText().isBlank()
                && node.asText().chars().noneMatch(Character::isISOControl);
        return usable ? node.asText() : null;
    }

    private static @Nullable Instant instant(JsonNode node) {
        try {
            return node.isTextual() ? Instant.parse(node.asText()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}

package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import io.waybill.channel.Durations;
import io.waybill.channel.StatusMapping;
import io.waybill.order.EventJson;
import io.waybill.order.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One status configuration, as it is told and as it is given.
 *
 * @param map their status to ours, by our words, so that a wrong one is told with the others
 */
@Schema(name = "StatusMapping")
public record StatusMappingView(
        @Nullable String name,
        @Schema(description = "The channel whose statuses are read") @Nullable String from,
        @Schema(description = "The channel whose orders get them") @Nullable String to,
        @Schema(description = "The field of from's lines that holds to's line id") @Nullable String itemId,
        @Schema(description = "The field of from's order that holds to's order id") @Nullable String orderId,
        @Schema(description = "Which of their statuses are synchronised, at least one") @Nullable List<String> statuses,
        @Schema(description = "Their status: ours, such as Shipped: shipped") @Nullable Map<String, String> map,
        @Schema(description = "A duration such as 10m or 1h; left out: by hand only") @Nullable String every) {

    static StatusMappingView of(StatusMapping mapping) {
        Map<String, String> map = new TreeMap<>();
        mapping.map().forEach((word, status) -> map.put(word, status.word()));
        Duration every = mapping.every();
        return new StatusMappingView(
                mapping.name(),
                mapping.from(),
                mapping.to(),
                mapping.itemId(),
                mapping.orderId(),
                mapping.statuses(),
                map,
                every == null ? null : Durations.text(every));
    }

    /** A draft that auto-mapping made, for a person to look at; the rest as it was configured. */
    static StatusMappingView draft(
            String name,
            String from,
            @Nullable String to,
            List<String> statuses,
            Map<String, Status> proposed,
            @Nullable StatusMapping mapping) {
        Map<String, String> map = new TreeMap<>();
        proposed.forEach((word, status) -> map.put(word, status.word()));
        Duration every = mapping == null ? null : mapping.every();
        return new StatusMappingView(
                name,
                from,
                to,
                mapping == null ? null : mapping.itemId(),
                mapping == null ? null : mapping.orderId(),
                statuses,
                map,
                every == null ? null : Durations.text(every));
    }

    /** As it stands in the file: what was left out is left out there. */
    ObjectNode content() {
        ObjectNode node = EventJson.MAPPER.createObjectNode();
        put(node, "from", from);
        put(node, "to", to);
        put(node, "itemId", itemId);
        put(node, "orderId", orderId);
        if (statuses != null) {
            node.set("statuses", EventJson.MAPPER.valueToTree(statuses));
        }
        if (map != null) {
            node.set("map", EventJson.MAPPER.valueToTree(map));
        }
        put(node, "every", every);
        return node;
    }

    private static void put(ObjectNode node, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            node.put(key, value);
        }
    }
}

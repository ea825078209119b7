package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import io.waybill.order.EventJson;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping sees beside its input: {@code $channel}, {@code $settings} (never the secret ones), {@code $topic},
 * {@code $headers}, {@code $now} and {@code $vars}, the exchange's variables that are JSON, text, numbers, truth values, or
 * lists and maps of these.
 */
final class MappingVariables {
    private static final Set<String> NOT_THEIRS = Set.of(Wire.REQUEST, Wire.RESPONSE, "request", "label", "labelFile");

    private final Settings settings;
    private final Clock clock;

    MappingVariables(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Map<String, JsonNode> of(Exchange exchange) {
        String name = exchange.getVariable("channel", "", String.class);
        @Nullable Channel channel = Routes.bundleOf(exchange).channel(name).orElse(null);
        return Map.of(
                "channel", TextNode.valueOf(name),
                "settings", channel == null ? NullNode.instance : open(channel),
                "topic", json(exchange.getVariable("topic")),
                "headers", json(exchange.getVariable("headers")),
                "now",
                        TextNode.valueOf(
                                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()),
                "vars", variables(exchange));
    }

    private ObjectNode open(Channel channel) {
        ObjectNode open = EventJson.MAPPER.createObjectNode();
        channel.connector().settings().forEach((name, setting) -> {
            if (!setting.secret()) {
                settings.find(channel, name).ifPresent(value -> open.put(name, value));
            }
        });
        return open;
    }

    private static ObjectNode variables(Exchange exchange) {
        ObjectNode variables = EventJson.MAPPER.createObjectNode();
        exchange.getVariables().forEach((name, value) -> {
            if (!NOT_THEIRS.contains(name)) {
                JsonNode json = json(value);
                if (!json.isNull()) {
                    variables.set(name, json);
                }
            }
        });
        return variables;
    }

    private static JsonNode json(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            return node;
        }
        return value instanceof String
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof Collection<?>
                        || value instanceof Map<?, ?>
                ? EventJson.MAPPER.valueToTree(value)
                : NullNode.instance;
    }
}

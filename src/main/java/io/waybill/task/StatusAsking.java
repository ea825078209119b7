package io.waybill.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.channel.StatusMapping;
import io.waybill.flow.Inbound;
import io.waybill.flow.Routes;
import io.waybill.ledger.Statuses.Standing;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Asks a channel where one order stands there: by {@code get-order}, whose answer reads like a polled order, else by {@code
 * find-order}, which may tell a {@code status}. A channel that can do neither is believed what it said by itself.
 */
final class StatusAsking {
    private final Routes routes;
    private final StatusMapping mapping;
    private final @Nullable Channel from;

    StatusAsking(Routes routes, StatusMapping mapping) {
        this.routes = routes;
        this.mapping = mapping;
        this.from = routes.bundle().channel(mapping.from()).orElse(null);
    }

    record Answer(String word, @Nullable Instant at) {}

    /** Null when there is nothing to be learnt. */
    @Nullable
    Answer ask(Standing standing) {
        if (from == null || standing.fromId() == null) {
            return null;
        }
        if (from.can(Operation.GET_ORDER)) {
            return get(standing);
        }
        return standing.key() != null && from.can(Operation.FIND_ORDER) ? find(standing) : null;
    }

    private @Nullable Answer get(Standing standing) {
        Exchange answer = operate(Operation.GET_ORDER, standing);
        byte[] body = bytes(answer.getMessage().getBody());
        if (body.length == 0) {
            return null;
        }
        JsonNode read = read(body);
        JsonNode order = read.path("order").isObject() ? read.path("order") : read;
        checkIdentity(order, standing);
        @Nullable String word = text(order, "systemStatus", "status");
        return word == null ? null : new Answer(word, instant(text(order, "updatedAt", "at")));
    }

    private @Nullable Answer find(Standing standing) {
        @Nullable String word = operate(Operation.FIND_ORDER, standing).getVariable("status", String.class);
        return word == null ? null : new Answer(word, null);
    }

    private Exchange operate(Operation operation, Standing standing) {
        return request("direct:" + mapping.from() + "-" + operation.word(), e -> {
            e.setVariable("channel", mapping.from());
            e.setVariable("operation", operation.word());
            e.setVariable("externalId", standing.fromId());
            e.setVariable("idempotencyKey", standing.key());
        });
    }

    private JsonNode read(byte[] body) {
        Exchange exchange = request("direct:read", e -> {
            e.getMessage().setBody(body);
            e.setVariable("channel", mapping.from());
            e.setVariable("topic", Inbound.ORDERS);
            e.setVariable("headers", Map.of());
        });
        JsonNode read = exchange.getMessage().getBody(JsonNode.class);
        return read.isArray() && !read.isEmpty() ? read.get(0) : read;
    }

    private Exchange request(String endpoint, Consumer<Exchange> prepare) {
        Exchange exchange = routes.request(endpoint, prepare);
        Operating.rethrow(exchange);
        return exchange;
    }

    /** What it says of another order must not be told about this one. */
    private void checkIdentity(JsonNode order, Standing standing) {
        @Nullable String other = mapping.orderId() == null ? null : field(order, mapping.orderId());
        if (other != null && !other.equals(standing.toId())) {
            throw new WaybillException(
                    TaskError.WRONG_ORDER,
                    "Field " + mapping.orderId() + " of order " + standing.fromId() + " at " + mapping.from()
                            + " names another order of " + mapping.to() + ". Compare the two there.");
        }
        String itemId = mapping.itemId();
        if (itemId != null && order.path("lines").isArray()) {
            List<String> items = StreamSupport.stream(order.path("lines").spliterator(), false)
                    .map(line -> field(line, itemId))
                    .filter(Objects::nonNull)
                    .toList();
            if (!items.isEmpty() && items.stream().noneMatch(standing.lines()::contains)) {
                throw new WaybillException(
                        TaskError.WRONG_ORDER,
                        "Field " + itemId + " of the lines of order " + standing.fromId() + " at " + mapping.from()
                                + " names no line of this order. Compare the two there.");
            }
        }
    }

    /** By path, such as {@code reference} or {@code attributes.shopId}. */
    private static @Nullable String field(JsonNode node, String path) {
        JsonNode value = node.at("/" + String.join("/", Arrays.asList(path.split("\\."))));
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private static @Nullable String text(JsonNode node, String... names) {
        return Arrays.stream(names)
                .map(node::path)
                .filter(value -> value.isTextual() && !value.asText().isBlank())
                .map(JsonNode::asText)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static byte[] bytes(@Nullable Object body) {
        if (body == null) {
            return new byte[0];
        }
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        return body instanceof String text ? text.getBytes(UTF_8) : EventJson.bytes(EventJson.MAPPER.valueToTree(body));
    }
}

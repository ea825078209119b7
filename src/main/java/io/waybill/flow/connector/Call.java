package io.waybill.flow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.EventJson;
import java.net.URLEncoder;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request as a mapping describes it: {@code {"method", "path" or "url", "query", "headers", "body" or "form" or "text",
 * "secrets", "reads", "anonymous"}}.
 *
 * @param address a path below the connector's base, or a whole address
 * @param secrets members of the body, or JSON pointers to some deeper in it, with the settings whose values they get at the call
 * @param reads it only asks: whatever becomes of it, nothing has happened there
 * @param anonymous without credentials; only such a request may go to another host than the channel's
 */
record Call(
        String method,
        String address,
        String query,
        Map<String, String> headers,
        byte @Nullable [] body,
        @Nullable String contentType,
        Map<String, String> secrets,
        boolean reads,
        boolean anonymous) {
    private static final Set<String> MEMBERS = Set.of(
            "method", "path", "url", "query", "headers", "body", "form", "text", "secrets", "reads", "anonymous");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    static Call of(JsonNode node, String mapping) {
        node.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new IllegalStateException(
                        "The mapping " + mapping + " made a request with a member " + name + "; known are " + MEMBERS);
            }
        });
        String method = node.path("method").asText("GET").toUpperCase(Locale.ROOT);
        boolean whole = node.hasNonNull("url");
        return new Call(
                method,
                node.path(whole ? "url" : "path").asText(""),
                encoded(node.path("query")),
                headers(node.path("headers")),
                body(node),
                contentType(node),
                headers(node.path("secrets")),
                node.path("reads").asBoolean(READING.contains(method)),
                node.path("anonymous").asBoolean(false));
    }

    private static byte @Nullable [] body(JsonNode node) {
        if (node.has("body")) {
            return EventJson.bytes(node.path("body"));
        }
        if (node.has("form")) {
            return encoded(node.path("form")).getBytes(UTF_8);
        }
        return node.has("text") ? node.path("text").asText().getBytes(UTF_8) : null;
    }

    private static @Nullable String contentType(JsonNode node) {
        if (node.has("body")) {
            return "application/json";
        }
        return node.has("form") ? "application/x-www-form-urlencoded" : node.has("text") ? "text/plain" : null;
    }

    /** A list becomes its parameter again and again. */
    private static String encoded(JsonNode members) {
        StringJoiner query = new StringJoiner("&");
        members.properties().forEach(member -> {
            if (member.getValue().isArray()) {
                member.getValue().forEach(value -> add(query, member.getKey(), value));
            } else if (!member.getValue().isNull()) {
                add(query, member.getKey(), member.getValue());
            }
        });
        return query.toString();
    }

    private static void add(StringJoiner query, String name, JsonNode value) {
        query.add(encoded(name) + "=" + encoded(value.isNumber() ? plain(value) : value.asText()));
    }

    private static String plain(JsonNode number) {
        return number.decimalValue().toPlainString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static Map<String, String> headers(JsonNode headers) {
        Map<String, String> all = new TreeMap<>();
        headers.properties()
                .forEach(header -> all.put(header.getKey(), header.getValue().asText()));
        return all;
    }
}

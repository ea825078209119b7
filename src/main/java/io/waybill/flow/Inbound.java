package io.waybill.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One message as it arrived, about to become a receipt.
 *
 * @param eventId what makes it unique on its channel and topic
 * @param headers a JSON object; no secrets, no signatures
 */
public record Inbound(String channel, String topic, String eventId, String headers, byte[] body, byte[] bodyHash) {
    public static final String ORDERS = "orders";
    /** Statuses that a run of ours has read: canonical, whatever the channel's own messages look like. */
    public static final String STATUSES = "waybill:statuses";

    /** Begins the topic of events that a mapping made already; the topic of the message they were in follows. */
    static final String EVENTS = "waybill:events:";

    private static final int MAX_ID = 200;

    /** @param eventId null or blank: the body's hash identifies the message */
    public static Inbound of(
            String channel,
            String topic,
            @org.jspecify.annotations.Nullable String eventId,
            String headers,
            byte[] body) {
        byte[] hash = sha256(body);
        String id = eventId == null || eventId.isBlank() ? HexFormat.of().formatHex(hash) : eventId.strip();
        return new Inbound(channel, shortened(topic), shortened(id), headers, body, hash);
    }

    /** Is the body canonical, whatever the channel's own messages look like? */
    static boolean isCanonical(String topic) {
        return topic.equals(STATUSES) || topic.startsWith(EVENTS);
    }

    /** The same, with one more of its kept headers. */
    Inbound with(String header, String value) {
        ObjectNode all = EventJson.MAPPER.createObjectNode();
        Webhooks.headers(headers).forEach(all::put);
        return new Inbound(channel, topic, eventId, all.put(header, value).toString(), body, bodyHash);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A long id keeps its start, to be recognised, and is told apart by its hash. */
    private static String shortened(String id) {
        return id.length() <= MAX_ID
                ? id
                : id.substring(0, MAX_ID - 65) + ":"
                        + HexFormat.of().formatHex(sha256(id.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}

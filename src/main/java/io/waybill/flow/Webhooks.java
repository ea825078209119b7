package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Connector.Webhook;
import io.waybill.channel.Operation;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A webhook from its raw bytes to its receipt: known channel, signature over the bytes as they came, JSON that can be read
 * at all. What is wrong inside the JSON never answers 4xx: it parks later, so that nothing acknowledged by a shop's retry
 * schedule is lost.
 */
public final class Webhooks {
    private static final int MOST_PING = 200;

    private final Routes routes;
    private final Inbox inbox;
    private final Signatures signatures;

    public Webhooks(Routes routes, Inbox inbox, Signatures signatures) {
        this.routes = routes;
        this.inbox = inbox;
        this.signatures = signatures;
    }

    /** Refuses unknown channels before their body is read. */
    public void checkKnown(String channel) {
        channel(channel);
    }

    /** @param header one header's value by its name, null when it is missing */
    public CompletableFuture<Inbox.Stored> receive(
            String channelName, Function<String, @Nullable String> header, byte[] body) {
        Channel channel = channel(channelName);
        signatures.check(channel, header, body);
        if (isCanonical(channel)) {
            checkJson(body);
        }
        Webhook webhook = channel.connector().webhook();
        String topic = first(webhook.topic(), header);
        return inbox.receive(Inbound.of(
                channelName,
                topic == null ? "webhook" : topic,
                first(webhook.eventId(), header),
                kept(webhook, header),
                body));
    }

    /** What a system sends only to see whether anybody is there; it needs no signature, for nothing comes of it. */
    public boolean isPing(String channelName, byte[] body) {
        String ping = channel(channelName).connector().webhook().ping();
        return ping != null && body.length <= MOST_PING && new String(body, UTF_8).matches(ping);
    }

    private Channel channel(String name) {
        return routes.bundle()
                .channel(name)
                .orElseThrow(
                        () -> new WaybillException(
                                FlowError.UNKNOWN_CHANNEL,
                                "There is no channel with this name. Add routes/channels/<name>.yaml, or correct the address."));
    }

    private boolean isCanonical(Channel channel) {
        return !channel.can(Operation.READ_EVENT)
                && routes.bundle().readEventMapping(channel.name()).isEmpty();
    }

    /** One pass of the tokenizer: well-formed, no deeper than allowed, valid UTF-8. No tree is built. */
    private static void checkJson(byte[] body) {
        try (JsonParser parser = EventJson.MAPPER.createParser(body)) {
            if (parser.nextToken() == null) {
                throw new WaybillException(FlowError.NOT_JSON, "The body is empty; it must be JSON.");
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                throw new WaybillException(FlowError.NOT_JSON, "There is text after the JSON value. Send one value.");
            }
        } catch (JsonProcessingException e) {
            throw new WaybillException(
                    FlowError.NOT_JSON,
                    "The body is not JSON" + place(e.getLocation()) + ", or nested deeper than " + EventJson.MAX_DEPTH
                            + ".");
        } catch (IOException e) {
            throw new WaybillException(FlowError.NOT_JSON, "The body is not UTF-8 JSON.");
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static @Nullable String first(List<String> names, Function<String, @Nullable String> header) {
        return names.stream()
                .map(header)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElse(null);
    }

    /** Only the headers that say what the message is are kept: never cookies, tokens or signatures. */
    private static String kept(Webhook webhook, Function<String, @Nullable String> header) {
        ObjectNode kept = EventJson.MAPPER.createObjectNode();
        for (List<String> names : List.of(List.of("Content-Type"), webhook.topic(), webhook.eventId())) {
            for (String name : names) {
                String value = header.apply(name);
                if (value != null) {
                    kept.put(name.toLowerCase(Locale.ROOT), value);
                }
            }
        }
        return kept.toString();
    }

    static Map<String, String> headers(String kept) {
        try {
            return EventJson.MAPPER.readerForMapOf(String.class).readValue(kept);
        } catch (IOException e) {
            return Map.of();
        }
    }
}

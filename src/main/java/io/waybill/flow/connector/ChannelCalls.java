package io.waybill.flow.connector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Connector.Calls;
import io.waybill.channel.Settings;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.flow.Routes;
import io.waybill.flow.Wire;
import io.waybill.order.EventJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The bean {@code channelCall} of {@code direct:call-channel}: turns the request that a mapping made into one of HTTP, with the
 * channel's address and credentials. Credentials go to no other host than the channel's own.
 */
public final class ChannelCalls {
    private static final String TOKEN = "accessToken";
    private static final int UNAUTHORISED = 401;

    private final Settings settings;
    private final Placeholders placeholders;
    private final AccessTokens tokens;
    private final RequestSignatures signatures;
    private final Clock clock;

    ChannelCalls(Settings settings, AccessTokens tokens, RequestSignatures signatures, Clock clock) {
        this.settings = settings;
        this.placeholders = new Placeholders(settings);
        this.tokens = tokens;
        this.signatures = signatures;
        this.clock = clock;
    }

    public boolean isWanted(Exchange exchange) {
        return exchange.getVariable(Requests.CALL) != null;
    }

    public void prepare(Exchange exchange) {
        Call call = call(exchange);
        exchange.setVariable(Wire.READS, call.reads());
        if (!call.reads()) {
            exchange.setVariable(Wire.WRITES, exchange.getVariable(Wire.WRITES, 0, Integer.class) + 1);
        }
        write(exchange, call);
    }

    /** A token that was refused before its time is asked for anew, once. */
    public boolean isTokenRefused(Exchange exchange) {
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return status != null
                && status == UNAUTHORISED
                && !call(exchange).anonymous()
                && channel(exchange).connector().calls().oauth() != null;
    }

    public void renew(Exchange exchange) {
        tokens.refused(channel(exchange), exchange.getVariable(TOKEN, "", String.class));
        write(exchange, call(exchange));
    }

    private void write(Exchange exchange, Call call) {
        Channel channel = channel(exchange);
        Calls calls = channel.connector().calls();
        String base = placeholders.fill(calls.base(), channel, Map.of());
        String address = call.address().contains("://") ? call.address() : base + call.address();
        checkHost(base, address, call, channel);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(body(call, channel));
        set(exchange, Exchange.HTTP_METHOD, call.method());
        int mark = address.indexOf('?');
        String query = mark < 0
                ? call.query()
                : address.substring(mark + 1) + (call.query().isEmpty() ? "" : "&" + call.query());
        set(exchange, Exchange.HTTP_URI, mark < 0 ? address : address.substring(0, mark));
        set(exchange, Exchange.HTTP_QUERY, query.isEmpty() ? null : query);
        set(exchange, Exchange.CONTENT_TYPE, call.contentType());
        set(exchange, "Accept", "application/json");
        if (!call.anonymous()) {
            authorise(
                    exchange,
                    channel,
                    calls,
                    call,
                    URI.create(mark < 0 ? address : address.substring(0, mark)).getRawPath(),
                    query);
        }
        call.headers().forEach((name, value) -> set(exchange, name, value));
    }

    /** No mapping sees a secret: it names the setting, and the value comes in here. */
    private byte @Nullable [] body(Call call, Channel channel) {
        byte[] body = call.body();
        if (body == null || call.secrets().isEmpty()) {
            return body;
        }
        ObjectNode filled = (ObjectNode) EventJson.tree(body);
        call.secrets().forEach((name, setting) -> fill(filled, name, settings.resolve(channel, setting)));
        return EventJson.bytes(filled);
    }

    /** @param name a member of the body, or a JSON pointer to one deeper in it */
    private static void fill(ObjectNode body, String name, String secret) {
        int last = name.lastIndexOf('/');
        ObjectNode holder = last > 0 ? body.withObject(name.substring(0, last)) : body;
        holder.put(name.substring(last + 1), secret);
    }

    private static void set(Exchange exchange, String name, @Nullable String value) {
        if (value != null) {
            exchange.getMessage().setHeader(name, value);
        }
    }

    private void authorise(Exchange exchange, Channel channel, Calls calls, Call call, String path, String query) {
        Map<String, String> made = new HashMap<>();
        made.put("timestamp", String.valueOf(clock.instant().getEpochSecond()));
        made.put("timestampMillis", String.valueOf(clock.millis()));
        if (calls.oauth() != null) {
            String token = tokens.of(channel);
            exchange.setVariable(TOKEN, token);
            made.put(TOKEN, token);
        }
        if (calls.signing() != null) {
            Map<String, String> signed = new HashMap<>(made);
            signed.put("method", call.method());
            signed.put("path", path);
            signed.put("query", query);
            byte[] body = exchange.getMessage().getBody(byte[].class);
            signed.put("body", body == null ? "" : new String(body, StandardCharsets.UTF_8));
            made.put(
                    "signature",
                    signatures.sign(
                            channel,
                            calls.signing(),
                            placeholders.fill(calls.signing().text(), channel, signed)));
        }
        if (calls.basic() != null) {
            String pair = settings.resolve(channel, calls.basic().user()) + ":"
                    + settings.resolve(channel, calls.basic().password());
            set(
                    exchange,
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        calls.headers()
                .forEach((name, text) ->
                        placeholders.find(text, channel, made).ifPresent(value -> set(exchange, name, value)));
    }

    /** An address out of an answer must not carry the credentials elsewhere. */
    private static void checkHost(String base, String address, Call call, Channel channel) {
        if (!call.anonymous() && !origin(base).equals(origin(address))) {
            throw new DeliveryFault(
                    Kind.REFUSED,
                    "An answer of " + channel.name()
                            + " names an address on another host than its own; credentials are not" + " sent there.",
                    null);
        }
    }

    private static String origin(String address) {
        URI uri = URI.create(address.replaceFirst("\\?.*", ""));
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static Call call(Exchange exchange) {
        return exchange.getVariable(Requests.CALL, Call.class);
    }

    private static Channel channel(Exchange exchange) {
        String name = exchange.getVariable("channel", "", String.class);
        return Routes.bundleOf(exchange)
                .channel(name)
                .orElseThrow(() -> new IllegalStateException("there is no channel " + name + " in this deployment"));
    }
}

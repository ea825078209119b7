package io.waybill.flow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Connector.OAuth;
import io.waybill.channel.Settings;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import io.waybill.flow.Routes;
import io.waybill.ledger.ChannelTokens;
import io.waybill.ledger.ChannelTokens.Token;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * OAuth 2 access tokens of channels, kept in PostgreSQL. Renewed a while before their end, and when a channel refuses one.
 * However many workers and nodes need one at once, it is fetched once, and a refresh token whose successor came is never used
 * again. One whose use was not answered, or whose answer died with this process, is used again: there is no other. A token
 * service that rotates them and had taken it refuses then, the channel stays down, and a person grants access anew.
 */
final class AccessTokens {
    private static final Duration UNSAID = Duration.ofHours(1);
    private static final int OK = 200;

    private final Routes routes;
    private final Settings settings;
    private final Placeholders placeholders;
    private final ChannelTokens kept;
    private final Clock clock;
    private final Map<String, Token> known = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    AccessTokens(Routes routes, Settings settings, ChannelTokens kept, Clock clock) {
        this.routes = routes;
        this.settings = settings;
        this.placeholders = new Placeholders(settings);
        this.kept = kept;
        this.clock = clock;
    }

    /** One that is good for a while yet. */
    String of(Channel channel) {
        return current(channel, null).access();
    }

    /** The channel did not take this one. */
    void refused(Channel channel, String token) {
        current(channel, token);
    }

    private Token current(Channel channel, @Nullable String refused) {
        OAuth oauth = Objects.requireNonNull(channel.connector().calls().oauth(), "asked only where tokens are used");
        String grant = grant(channel, oauth);
        @Nullable Token token = known.get(channel.name());
        if (token != null && token.grant().equals(grant) && isGood(token, oauth, refused)) {
            return token;
        }
        // One connection to the database and one call, however many workers wait.
        synchronized (locks.computeIfAbsent(channel.name(), name -> new Object())) {
            Token renewed = kept.renew(
                    channel.name(),
                    grant,
                    t -> isGood(t, oauth, refused),
                    before -> fetch(channel, oauth, grant, before));
            known.put(channel.name(), renewed);
            return renewed;
        }
    }

    private boolean isGood(Token token, OAuth oauth, @Nullable String refused) {
        return !token.access().equals(refused)
                && token.expiresAt().minus(oauth.early()).isAfter(clock.instant());
    }

    /** Changes with the settings: a new grant begins with the refresh token that the settings name. */
    private String grant(Channel channel, OAuth oauth) {
        String all = oauth.grant()
                + '\n'
                + settings.resolve(channel, oauth.clientId())
                + '\n'
                + secret(channel, oauth)
                + '\n'
                + (oauth.refreshToken() == null ? "" : settings.resolve(channel, oauth.refreshToken()));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String secret(Channel channel, OAuth oauth) {
        return oauth.clientSecret() == null ? "" : settings.resolve(channel, oauth.clientSecret());
    }

    private Token fetch(Channel channel, OAuth oauth, String grant, @Nullable Token before) {
        Exchange answer = routes.request("direct:fetch-token", e -> prepare(e, channel, oauth, before));
        Integer status = answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (answer.getException() != null || status == null || status != OK) {
            throw refusal(channel, status);
        }
        return read(channel, grant, before, answer);
    }

    private void prepare(Exchange exchange, Channel channel, OAuth oauth, @Nullable Token before) {
        String id = settings.resolve(channel, oauth.clientId());
        String secret = secret(channel, oauth);
        StringJoiner form = new StringJoiner("&");
        add(form, "grant_type", oauth.grant().replace('-', '_'));
        if (oauth.refreshToken() != null) {
            String rotated = before == null ? null : before.refresh();
            add(form, "refresh_token", rotated == null ? settings.resolve(channel, oauth.refreshToken()) : rotated);
        }
        if (oauth.clientInHeader()) {
            exchange.getMessage()
                    .setHeader(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8)));
        } else {
            add(form, "client_id", id);
            if (oauth.clientSecret() != null) {
                add(form, "client_secret", secret);
            }
        }
        oauth.form()
                .forEach((name, text) ->
                        placeholders.find(text, channel, Map.of()).ifPresent(value -> add(form, name, value)));
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
        exchange.getMessage().setHeader(Exchange.HTTP_URI, placeholders.fill(oauth.url(), channel, Map.of()));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
        exchange.getMessage().setHeader("Accept", "application/json");
        exchange.getMessage().setBody(form.toString().getBytes(UTF_8));
        exchange.setVariable("channel", channel.name());
    }

    private static void add(StringJoiner form, String name, String value) {
        form.add(name + "=" + URLEncoder.encode(value, UTF_8));
    }

    private Token read(Channel channel, String grant, @Nullable Token before, Exchange answer) {
        try {
            JsonNode body = EventJson.tree(answer.getMessage().getBody(byte[].class));
            String access = body.path("access_token").asText("");
            if (access.isEmpty()) {
                throw refusal(channel, OK);
            }
            long seconds = body.path("expires_in").asLong(UNSAID.toSeconds());
            Instant end = clock.instant().plusSeconds(seconds);
            String rotated = body.path("refresh_token").asText(before == null ? null : before.refresh());
            return new Token(grant, access, rotated, end);
        } catch (InvalidEvent e) {
            throw refusal(channel, OK);
        }
    }

    /** Whatever it is, the channel can be sent nothing now, and nothing was sent. */
    private static DeliveryFault refusal(Channel channel, @Nullable Integer status) {
        String said = status == null ? "did not answer" : "answered " + status + " and no token";
        return new DeliveryFault(
                Kind.CHANNEL_DOWN,
                "The token service of " + channel.name() + " " + said
                        + ". If this goes on, check the client's id and secret, and grant access anew if its refresh token has"
                        + " run out.",
                null);
    }
}

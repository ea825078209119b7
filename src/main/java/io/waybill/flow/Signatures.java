package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import io.waybill.order.WaybillException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * Signatures of webhooks, in and out. In: checked over the raw bytes when the channel has the connector's secret setting.
 * Out: Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature).
 */
public final class Signatures {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String SECRET_PREFIX = "whsec_";

    private final Settings settings;
    private final Clock clock;

    public Signatures(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    void check(Channel channel, Function<String, @Nullable String> header, byte[] body) {
        Optional<String> secret =
                settings.find(channel, channel.connector().webhook().secret());
        if (secret.isEmpty()) {
            return;
        }
        switch (channel.connector().webhook().signature()) {
            case "standard-webhooks" -> checkStandard(secret.get(), header, body);
            case "hmac-sha256-base64" ->
                checkHmac(secret.get(), channel, header, body, mac -> Base64.getEncoder()
                        .encodeToString(mac));
            case "hmac-sha256-hex" ->
                checkHmac(secret.get(), channel, header, body, mac -> HexFormat.of()
                        .formatHex(mac));
            case "header-token" -> checkToken(secret.get(), channel, header);
            default -> {}
        }
    }

    private void checkStandard(String secret, Function<String, @Nullable String> header, byte[] body) {
        String id = header.apply("webhook-id");
        String timestamp = header.apply("webhook-timestamp");
        String signatures = header.apply("webhook-signature");
        if (id == null || timestamp == null || signatures == null) {
            throw bad("webhook-id, webhook-timestamp or webhook-signature is missing");
        }
        byte[] wanted = hmac(key(secret), (id + "." + timestamp + ".").getBytes(UTF_8), body);
        boolean matches = false;
        for (String signature : signatures.split(" ")) {
            matches |= signature.startsWith("v1,") && same(wanted, signature.substring(3));
        }
        if (!matches) {
            throw bad("no signature in webhook-signature matches the body");
        }
        checkAge(timestamp);
    }

    private static boolean same(byte[] wanted, String base64) {
        return MessageDigest.isEqual(
                Base64.getEncoder().encodeToString(wanted).getBytes(UTF_8), base64.getBytes(UTF_8));
    }

    private void checkAge(String timestamp) {
        long sent;
        try {
            sent = Long.parseLong(timestamp);
        } catch (NumberFormatException e) {
            throw bad("webhook-timestamp is not a number of seconds");
        }
        long age = Math.abs(clock.instant().getEpochSecond() - sent);
        if (age > TOLERANCE.toSeconds()) {
            throw new WaybillException(
                    FlowError.STALE_TIMESTAMP,
                    "webhook-timestamp is more than 5 minutes away from this server's clock. Sign again when sending, and check"
                            + " both clocks.");
        }
    }

    private static void checkHmac(
            String secret,
            Channel channel,
            Function<String, @Nullable String> header,
            byte[] body,
            Function<byte[], String> encoding) {
        String given = given(channel, header);
        String wanted =
                encoding.apply(hmac(bytes(secret, channel.connector().webhook().key()), body));
        boolean hex = wanted.length() == 64;
        if (!MessageDigest.isEqual(
                wanted.getBytes(UTF_8), (hex ? given.toLowerCase(Locale.ROOT) : given).getBytes(UTF_8))) {
            throw bad("the signature does not match the body");
        }
    }

    /** The secret itself comes in a header that nobody else sets. */
    private static void checkToken(String secret, Channel channel, Function<String, @Nullable String> header) {
        String given = given(channel, header);
        if (!MessageDigest.isEqual(secret.getBytes(UTF_8), given.getBytes(UTF_8))) {
            throw bad("the token of the webhook is another one");
        }
    }

    private static String given(Channel channel, Function<String, @Nullable String> header) {
        List<String> names = channel.connector().webhook().signatureHeaders();
        return names.stream()
                .map(header)
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .orElseThrow(() -> bad("the signature header " + String.join(" or ", names) + " is missing"));
    }

    private static byte[] bytes(String secret, String form) {
        try {
            return switch (form) {
                case "hex" -> HexFormat.of().parseHex(secret.strip());
                case "base64" -> Base64.getDecoder().decode(secret.strip());
                case "html" -> HtmlUtils.htmlUnescape(secret).getBytes(UTF_8);
                default -> secret.getBytes(UTF_8);
            };
        } catch (IllegalArgumentException e) {
            throw bad("the channel's webhook secret is not " + form);
        }
    }

    /** The value of webhook-signature for a message of ours. */
    String sign(String secret, String id, long timestamp, byte[] body) {
        byte[] mac = hmac(key(secret), (id + "." + timestamp + ".").getBytes(UTF_8), body);
        return "v1," + Base64.getEncoder().encodeToString(mac);
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    private static byte[] key(String secret) {
        String base64 = secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return secret.getBytes(UTF_8);
        }
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static WaybillException bad(String what) {
        return new WaybillException(
                FlowError.BAD_SIGNATURE, "Not accepted: " + what + ". Check the webhook secret on both sides.");
    }
}

package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.channel.Bundle;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Channel;
import io.waybill.channel.Settings;
import io.waybill.order.WaybillException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks' signatures, each over the same body with a value that another program computed. */
class SignaturesTest {
    private static final String BODY = "{\"id\": 1}";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    private final Signatures signatures = new Signatures(new Settings(name -> null), CLOCK);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "hmac-sha256-hex, text, s3cret, ce7b1d91808093594a0f70ed92273f41c635e01459fed39f7f0bcbe09ca3cbc7",
                "hmac-sha256-base64, text, s3cret, znsdkYCAk1lKD3Dtkic/QcY14BRZ/tOffwvL4Jyjy8c=",
                "hmac-sha256-hex, hex, 00ff10, cc646477e4ac9472749dc75d90b797b53454bc8f7f2410ad4cdb61c27b6a2079",
                "hmac-sha256-base64, base64, AP8Q, zGRkd+SslHJ0ncddkLeXtTRUvI9/JBCtTNthwntqIHk=",
                "hmac-sha256-base64, html, a&quot;b, cjpqXlbu3WOTN+oS+NGHIHWSvsTssjQT+B8GS/e3h0g=",
                "header-token, text, s3cret, s3cret"
            })
    void eachSchemeKnowsItsOwn(String scheme, String key, String secret, String signature) {
        Channel channel = channel("signature: " + scheme + "\n  signatureHeader: X-Sign\n  key: " + key, secret);
        assertThatCode(() -> check(channel, BODY, Map.of("X-Sign", signature))).doesNotThrowAnyException();
        assertRefused(channel, BODY, Map.of("X-Sign", "x" + signature.substring(1)));
        assertRefused(channel, BODY, Map.of());
        assertRefused(channel, BODY, Map.of("X-Sign", " "));
        if (!scheme.equals("header-token")) {
            assertRefused(channel, BODY.replace('1', '2'), Map.of("X-Sign", signature));
        }
    }

    @Test
    void hexMayBeInCapitalsAndBase64MayNot() {
        Channel hex = channel("signature: hmac-sha256-hex\n  signatureHeader: X-Sign", "s3cret");
        assertThatCode(() -> check(
                        hex,
                        BODY,
                        Map.of(
                                "X-Sign",
                                "ce7b1d91808093594a0f70ed92273f41c635e01459fed39f7f0bcbe09ca3cbc7"
                                        .toUpperCase(Locale.ROOT))))
                .doesNotThrowAnyException();
        Channel base64 = channel("signature: hmac-sha256-base64\n  signatureHeader: X-Sign", "s3cret");
        assertRefused(
                base64,
                BODY,
                Map.of("X-Sign", "znsdkYCAk1lKD3Dtkic/QcY14BRZ/tOffwvL4Jyjy8c=".toLowerCase(Locale.ROOT)));
    }

    @Test
    void ofSeveralHeadersTheFirstOneThereCounts() {
        Channel channel = channel("signature: header-token\n  signatureHeader: [X-New, X-Old]", "s3cret");
        assertThatCode(() -> check(channel, BODY, Map.of("X-Old", "s3cret"))).doesNotThrowAnyException();
        assertRefused(channel, BODY, Map.of("X-New", "other", "X-Old", "s3cret"));
    }

    @Test
    void aSecretOfAnotherFormIsSaidAndNotShown() {
        Channel channel = channel("signature: hmac-sha256-hex\n  signatureHeader: X-Sign\n  key: hex", "no hex");
        assertThatThrownBy(() -> check(channel, BODY, Map.of("X-Sign", "00")))
                .hasMessageContaining("secret is not hex")
                .hasMessageNotContaining("no hex");
    }

    @Test
    void standardWebhooksAreBoundToTheirTime() {
        Channel channel = channel("signature: standard-webhooks", "whsec_czNjcmV0");
        long now = CLOCK.instant().getEpochSecond();
        assertThatCode(() -> check(channel, BODY, signed("m1", now - 299))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(channel, BODY, signed("m1", now - 301)))
                .isInstanceOfSatisfying(
                        WaybillException.class, e -> assertThat(e.code()).isEqualTo(FlowError.STALE_TIMESTAMP));
        Map<String, String> moved = new HashMap<>(signed("m1", now - 301));
        moved.put("webhook-timestamp", String.valueOf(now));
        assertRefused(channel, BODY, moved);
        Map<String, String> renamed = new HashMap<>(signed("m1", now));
        renamed.put("webhook-id", "m2");
        assertRefused(channel, BODY, renamed);
    }

    @Test
    void oneOfSeveralStandardSignaturesIsEnough() {
        Channel channel = channel("signature: standard-webhooks", "whsec_czNjcmV0");
        Map<String, String> headers = new HashMap<>(signed("m1", CLOCK.instant().getEpochSecond()));
        headers.merge("webhook-signature", "v1,AAAA v2,BBBB", (one, other) -> other + " " + one);
        assertThatCode(() -> check(channel, BODY, headers)).doesNotThrowAnyException();
    }

    @Test
    void onlyAShortPingIsOne() {
        Channel channel =
                channel("signature: hmac-sha256-hex\n  signatureHeader: X-Sign\n  ping: \"hook_id=[0-9]+\"", "s3cret");
        Webhooks webhooks = new Webhooks(routes(channel), null, signatures);
        assertThat(webhooks.isPing("shop", "hook_id=12".getBytes(UTF_8))).isTrue();
        assertThat(webhooks.isPing("shop", "hook_id=12 and more".getBytes(UTF_8)))
                .isFalse();
        assertThat(webhooks.isPing("shop", ("hook_id=" + "1".repeat(300)).getBytes(UTF_8)))
                .isFalse();
        assertThat(webhooks.isPing("shop", BODY.getBytes(UTF_8))).isFalse();
    }

    private Map<String, String> signed(String id, long at) {
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                String.valueOf(at),
                "webhook-signature",
                signatures.sign("whsec_czNjcmV0", id, at, BODY.getBytes(UTF_8)));
    }

    private void assertRefused(Channel channel, String body, Map<String, String> headers) {
        assertThatThrownBy(() -> check(channel, body, headers))
                .isInstanceOfSatisfying(
                        WaybillException.class, e -> assertThat(e.code()).isEqualTo(FlowError.BAD_SIGNATURE));
    }

    private void check(Channel channel, String body, Map<String, String> headers) {
        signatures.check(channel, headers::get, body.getBytes(UTF_8));
    }

    private static Channel channel(String webhook, String secret) {
        String connector =
                """
                contract: 1
                name: shop
                title: Shop
                settings:
                  webhookSecret: { type: text }
                webhook:
                  secret: webhookSecret
                """
                        + "  " + webhook + "\n";
        String channel = "connector: shop\nrole: marketplace\nsettings: { webhookSecret: \"" + secret + "\" }\n";
        return BundleReader.read(BundleFiles.only(Map.of(
                        "connectors/shop/connector.yaml", connector.getBytes(UTF_8),
                        "channels/shop.yaml", channel.getBytes(UTF_8))))
                .bundle()
                .channel("shop")
                .orElseThrow();
    }

    private static Routes routes(Channel channel) {
        return new Routes() {
            @Override
            public Bundle bundle() {
                return new Bundle("hash", Map.of(), Map.of("shop", channel), java.util.List.of());
            }

            @Override
            public Exchange request(String endpoint, Consumer<Exchange> prepare) {
                throw new UnsupportedOperationException(endpoint);
            }
        };
    }
}

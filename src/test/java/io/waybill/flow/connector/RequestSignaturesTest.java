package io.waybill.flow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.channel.Connector.Signing;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSignaturesTest {
    private static final KeyPair PAIR = pair();
    private final RequestSignatures signatures = new RequestSignatures(OneChannel.SETTINGS);

    /** Test case 2 of RFC 4231. */
    @ParameterizedTest
    @CsvSource({
        "hmac-sha256-hex, Jefe, what do ya want for nothing?, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "hmac-sha256-base64, Jefe, what do ya want for nothing?, W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="
    })
    void signsAsTheStandardSays(String algorithm, String key, String text, String signature) {
        assertThat(sign(algorithm, key, text)).isEqualTo(signature);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pem", "pem in one line", "bare"})
    void signsWithAPrivateKeyHoweverItIsWritten(String form) throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString(PAIR.getPrivate().getEncoded());
        String bare = base64.replaceAll("\\s", "");
        String key =
                switch (form) {
                    case "pem" ->
                        "-----BEGIN PRIVATE KEY-----\\n" + base64.replace("\r\n", "\\n")
                                + "\\n-----END PRIVATE KEY-----";
                    case "bare" -> bare;
                    default -> "-----BEGIN PRIVATE KEY-----" + bare + "-----END PRIVATE KEY-----";
                };
        String signed = sign("rsa-sha256", key, "appKey=1&timestamp=2 ü");
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(PAIR.getPublic());
        check.update("appKey=1&timestamp=2 ü".getBytes(UTF_8));
        assertThat(check.verify(Base64.getDecoder().decode(signed))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no key at all!", "-----BEGIN RSA PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY-----", "AAAA"})
    void aKeyThatIsNoneStopsTheChannelAndIsNotShown(String key) {
        assertThatThrownBy(() -> sign("rsa-sha256", key, "text"))
                .isInstanceOfSatisfying(DeliveryFault.class, fault -> assertThat(fault.faultKind())
                        .isEqualTo(Kind.CHANNEL_DOWN))
                .hasMessageContaining("Setting signKey of channel shop")
                .hasMessageNotContainingAny(key, "AAAA");
    }

    private String sign(String algorithm, String key, String text) {
        OneChannel shop = OneChannel.of("", Map.of("signKey", key));
        return signatures.sign(shop.channel(), new Signing(algorithm, "signKey", text), text);
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

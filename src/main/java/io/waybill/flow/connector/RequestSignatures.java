package io.waybill.flow.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.channel.Channel;
import io.waybill.channel.Connector.Signing;
import io.waybill.channel.Settings;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.DeliveryFault.Kind;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with a key of the channel. A key that is none stops the channel, and is never shown. */
final class RequestSignatures {
    private final Settings settings;

    RequestSignatures(Settings settings) {
        this.settings = settings;
    }

    String sign(Channel channel, Signing signing, String text) {
        String key = settings.resolve(channel, signing.key());
        try {
            return switch (signing.algorithm()) {
                case "rsa-sha256" -> rsa(key, text);
                case "hmac-sha256-hex" -> HexFormat.of().formatHex(hmac(key, text));
                default -> Base64.getEncoder().encodeToString(hmac(key, text));
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new DeliveryFault(
                    Kind.CHANNEL_DOWN,
                    "Setting " + signing.key() + " of channel " + channel.name()
                            + " is no key to sign with. Give a private key in PKCS#8 (-----BEGIN PRIVATE KEY-----).",
                    null);
        }
    }

    private static String rsa(String pem, String text) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        signature.update(text.getBytes(UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private static byte[] hmac(String key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}

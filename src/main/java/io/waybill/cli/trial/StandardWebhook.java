package io.waybill.cli.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as a shop does: Standard Webhooks 1.0, HMAC-SHA256 over {@code id.timestamp.body}. */
record StandardWebhook(byte[] key) {
    String secret() {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    /** A fresh Mac each time: they are not for sharing between threads. */
    Map<String, String> headers(String id, long timestamp, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", String.valueOf(timestamp));
        headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac(id, timestamp, body)));
        return headers;
    }

    private byte[] mac(String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}

package io.waybill.label.zpl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The document's id: from the input alone, so that the same label is the same file. */
final class Fingerprint {
    private Fingerprint() {}

    static long of(String zpl, ZplOptions options) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(options.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(sha.digest(zpl.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

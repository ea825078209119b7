package io.waybill.label;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of what goes in, for the key a result is stored under and for the id within the PDF. */
final class Fingerprint {
    private final MessageDigest digest = sha256();

    private Fingerprint() {
        add(Labels.VERSION.getBytes(StandardCharsets.UTF_8));
    }

    static String of(LabelSource source) {
        Fingerprint print = new Fingerprint();
        print.add(source.data());
        print.add(String.valueOf(source.declaredFormat()).getBytes(StandardCharsets.UTF_8));
        print.add(String.valueOf(source.declaredSize()).getBytes(StandardCharsets.UTF_8));
        print.add(source.options().toString().getBytes(StandardCharsets.UTF_8));
        source.resources().forEach((name, data) -> {
            print.add(name.getBytes(StandardCharsets.UTF_8));
            print.add(data);
        });
        return HexFormat.of().formatHex(print.digest.digest());
    }

    static long number(byte[]... parts) {
        Fingerprint print = new Fingerprint();
        for (byte[] part : parts) {
            print.add(part);
        }
        return ByteBuffer.wrap(print.digest.digest()).getLong();
    }

    /** With its length, so that two parts never read as two others. */
    private void add(byte[] part) {
        digest.update(ByteBuffer.allocate(4).putInt(part.length).array());
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}

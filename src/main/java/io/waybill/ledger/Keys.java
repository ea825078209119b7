package io.waybill.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Idempotency keys. A create's is the same for ever per (source channel, order id, destination, part); an update adds the
 * revision, a fact its type and id. Hashed, since keys travel in headers and ids of other systems may hold anything.
 */
final class Keys {
    private static final int LENGTH = 40;

    private Keys() {}

    static String create(String source, String orderId, String destination, int part) {
        return hash(source, orderId, destination, String.valueOf(part), "create");
    }

    static String update(String source, String orderId, String destination, int part, int revision) {
        return hash(source, orderId, destination, String.valueOf(part), "update", String.valueOf(revision));
    }

    static String fact(String source, String orderId, String destination, int part, String type, String eventKey) {
        return hash(source, orderId, destination, String.valueOf(part), type, eventKey);
    }

    private static String hash(String... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                sha.update(part.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

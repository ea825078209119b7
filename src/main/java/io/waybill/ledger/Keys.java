package io.waybill.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Idempotency keys. A create's is the same for ever per (source channel, order id, destination, part); an update adds the
 * revision and the number of the choice of lines, a fact its type, its id and who told it. Hashed, since keys travel in headers and ids of other systems may hold anything.
 */
final class Keys {
    private static final int LENGTH = 40;

    private Keys() {}

    static String create(String source, String orderId, String destination, int part) {
        return hash(source, orderId, destination, String.valueOf(part), "create");
    }

    static String update(String source, String orderId, String destination, int part, int revision, int choice) {
        String version = choice == 0 ? String.valueOf(revision) : revision + "." + choice;
        return hash(source, orderId, destination, String.valueOf(part), "update", version);
    }

    static String fact(
            String source, String orderId, String destination, int part, String type, String from, String eventKey) {
        return hash(source, orderId, destination, String.valueOf(part), type, from, eventKey);
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

package io.waybill.api.access;

import io.waybill.api.access.AccessFault.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens that open the API. Only their hashes are kept, and every look-up compares all of them in full. */
final class Tokens {
    private final List<Entry> entries;

    private Tokens(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** @param more {@code name:role:token,…}; the token itself may hold colons */
    static Tokens of(String adminToken, String more) {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(new Caller("admin", AccessRole.ADMIN), hash(adminToken)));
        for (String text : more.split(",")) {
            if (!text.isBlank()) {
                entries.add(parse(text.strip()));
            }
        }
        return new Tokens(entries);
    }

    Optional<Caller> find(String token) {
        byte[] hash = hash(token);
        Caller found = null;
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.hash, hash)) {
                found = entry.caller;
            }
        }
        return Optional.ofNullable(found);
    }

    private static Entry parse(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 3 || parts[0].isBlank() || parts[2].isBlank()) {
            throw invalid("an entry is not of the form name:role:token");
        }
        AccessRole role = AccessRole.named(parts[1])
                .orElseThrow(() ->
                        invalid("the token of " + parts[0] + " has a role that is not viewer, operator or admin"));
        return new Entry(new Caller(parts[0].strip(), role), hash(parts[2].strip()));
    }

    private static AccessFault invalid(String problem) {
        return new AccessFault(
                Code.INVALID_TOKEN_SETTING,
                "Cannot read WAYBILL_TOKENS: " + problem + ". Write name:role:token, separated by commas.");
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Entry(Caller caller, byte[] hash) {}
}

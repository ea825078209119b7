package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The last row of a page, as an opaque text: the next page begins after it, whatever was added meanwhile. */
record Cursor(Instant at, long id) {
    static @Nullable Cursor parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length == 2) {
                return new Cursor(Instant.parse(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** For lists in the order of ids alone. */
    static long idOf(@Nullable String text) {
        Cursor cursor = parse(text);
        return cursor == null ? Long.MAX_VALUE : cursor.id();
    }

    static String of(long id) {
        return new Cursor(Instant.EPOCH, id).text();
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    private static WaybillException invalid() {
        return new WaybillException(
                ViewError.INVALID_CURSOR, "The cursor is not one of ours. Take it from \"next\" of the page before.");
    }
}

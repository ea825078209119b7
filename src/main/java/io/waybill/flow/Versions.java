package io.waybill.flow;

import io.waybill.order.Order;
import java.math.BigInteger;
import java.time.Instant;

/** Which of two states of an order is newer: by version, else by its time of update, else by the order of receipt. */
final class Versions {
    private Versions() {}

    /** Above zero: the candidate is newer; zero: they cannot be told apart by what the source says. */
    static int compare(Order candidate, Order known) {
        if (candidate.version() != null && known.version() != null) {
            return compareVersions(candidate.version(), known.version());
        }
        Instant a = candidate.updatedAt();
        Instant b = known.updatedAt();
        return a == null || b == null ? 0 : a.compareTo(b);
    }

    private static int compareVersions(String a, String b) {
        return isNumber(a) && isNumber(b) ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 40 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

package io.waybill.rule;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant. */
final class Nearest {
    private Nearest() {}

    static Optional<String> of(String written, Collection<String> known) {
        String wanted = written.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> distance(wanted, name) <= Math.max(2, name.length() / 4))
                .min(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(name -> name));
    }

    /** "Did you mean …?", or else all that would do. */
    static String fix(String written, Collection<String> known) {
        return of(written, known)
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> "use one of " + String.join(", ", known));
    }

    private static int distance(String wanted, String name) {
        String other = name.toLowerCase(Locale.ROOT);
        if (other.endsWith("." + wanted)) {
            return 1;
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= wanted.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = corner + (wanted.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}

package io.waybill.channel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody most likely meant to write. */
final class Nearest {
    private Nearest() {}

    static String fix(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return "remove it";
        }
        return of(word, known)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElseGet(
                        () -> "use one of " + known.stream().sorted().limit(30).collect(Collectors.joining(", ")));
    }

    static Optional<String> of(String word, Collection<String> known) {
        String lower = shortened(word);
        return known.stream()
                .filter(other -> distance(lower, shortened(other)) <= Math.max(1, lower.length() / 3))
                .min(Comparator.<String>comparingInt(other -> distance(lower, shortened(other)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String shortened(String word) {
        return word.substring(0, Math.min(40, word.length())).toLowerCase(Locale.ROOT);
    }

    /** Letters to change, add or drop to get from one word to the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

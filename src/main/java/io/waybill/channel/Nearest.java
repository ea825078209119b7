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

    /** Letters to change, add, drop or swap with their neighbour to get from one word to the other. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}

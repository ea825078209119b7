package io.waybill.status;

import io.waybill.order.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proposes what the words of a system mean. What is known of the system comes first, then our own words, then well-known
 * phrases, then key words in a fixed order. Only a proposal: "closed" is refunded here and cancelled there.
 */
public final class AutoMap {
    private static final double KNOWN = 0.95;
    private static final double OUR_WORD = 0.9;

    private AutoMap() {}

    /** @param system the connector's name, such as {@code doba}; others are guessed by the words alone */
    public static List<Proposal> propose(String system, Collection<String> words) {
        return words.stream().distinct().map(word -> proposal(system, word)).toList();
    }

    private static Proposal proposal(String system, String word) {
        String text = Words.normalised(word);
        @Nullable Status known = KnownSystems.meaning(system, text);
        if (known != null) {
            return new Proposal(word, known, KNOWN, "so it is known of " + system);
        }
        @Nullable Status own = ourWord(text);
        if (own != null) {
            return new Proposal(word, own, OUR_WORD, "the same word");
        }
        return Phrases.proposal(word, new ArrayList<>(Arrays.asList(text.split(" "))), text);
    }

    private static @Nullable Status ourWord(String text) {
        return Arrays.stream(Status.values())
                .filter(status -> status.word().replace('_', ' ').equals(text))
                .findFirst()
                .orElse(null);
    }
}

package io.waybill.status;

import io.waybill.order.Status;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which words of a system are synchronised, and what each means. A word counts exactly, else without regard to case and
 * spaces; where that could mean two things it means none.
 *
 * @param synchronised the chosen words
 * @param map may say more than is chosen: what it knows and nobody chose is left out in silence
 */
public record StatusTable(List<String> synchronised, Map<String, Status> map) {
    public StatusTable {
        synchronised = List.copyOf(synchronised);
        map = Map.copyOf(map);
    }

    /** @param declared all words the system is known to have */
    public Meaning of(String word, Collection<String> declared) {
        if (!holds(synchronised, word)) {
            boolean heardOf = holds(map.keySet(), word) || holds(declared, word);
            return heardOf ? new Meaning.LeftOut() : new Meaning.Unmapped();
        }
        Status status = mapped(word);
        return status == null ? new Meaning.Unmapped() : new Meaning.Means(status);
    }

    private @Nullable Status mapped(String word) {
        Status exact = map.get(word);
        if (exact != null) {
            return exact;
        }
        Set<Status> meanings = map.entrySet().stream()
                .filter(entry -> Words.same(entry.getKey(), word))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Status.class)));
        return meanings.size() == 1 ? meanings.iterator().next() : null;
    }

    private static boolean holds(Collection<String> words, String word) {
        return words.stream().anyMatch(each -> Words.same(each, word));
    }
}

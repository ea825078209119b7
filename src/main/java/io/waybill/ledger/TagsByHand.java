package io.waybill.ledger;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What people changed about an order's tags. Laid over whatever source and rules say, then and later: what was added stays,
 * what was taken away stays away.
 */
public record TagsByHand(List<String> added, List<String> removed) {
    public static final TagsByHand NONE = new TagsByHand(List.of(), List.of());

    public TagsByHand {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /** The tags of an order as they are with this. */
    public List<String> over(List<String> tags) {
        if (added.isEmpty() && removed.isEmpty()) {
            return tags;
        }
        Set<String> all = new LinkedHashSet<>(tags);
        all.addAll(added);
        removed.forEach(all::remove);
        return List.copyOf(all);
    }

    /** What a person changed who sees {@code now} and wants {@code wanted}. */
    public TagsByHand toward(List<String> now, List<String> wanted) {
        List<String> more = new ArrayList<>(added);
        List<String> less = new ArrayList<>(removed);
        more.addAll(without(wanted, now));
        more.retainAll(wanted);
        less.addAll(without(now, wanted));
        less.removeAll(wanted);
        return new TagsByHand(distinct(more), distinct(less));
    }

    private static List<String> without(List<String> tags, List<String> others) {
        return tags.stream().filter(tag -> !others.contains(tag)).toList();
    }

    private static List<String> distinct(List<String> tags) {
        return tags.stream().distinct().toList();
    }
}

package io.waybill.cli.trial;

import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/** What became of what was acknowledged, told by the destinations and the ledger. */
final class Verdict {
    private final Map<String, Integer> newest;
    private final RoughStore keyed;
    private final RoughStore searched;
    private final Books books;

    Verdict(Map<String, Integer> newest, RoughStore keyed, RoughStore searched, Books books) {
        this.newest = newest;
        this.keyed = keyed;
        this.searched = searched;
        this.books = books;
    }

    /**
     * One destination.
     *
     * @param lost acknowledged and not there
     * @param twins created more than once
     * @param stale there, but not at the newest version
     */
    record Tally(int orders, int lost, int twins, int stale) {
        boolean isPerfect() {
            return lost == 0 && twins == 0 && stale == 0;
        }
    }

    record Finding(
            Tally keyed, Tally searched, TreeMap<String, Integer> receipts, TreeMap<String, Integer> deliveries) {
        boolean isPerfect() {
            return keyed.isPerfect() && searched.isPerfect() && isSettled();
        }

        /** Nothing waits, failed or is unknown. A delivery that something newer made needless is settled too. */
        boolean isSettled() {
            return receipts.keySet().stream().allMatch("imported"::equals)
                    && deliveries.keySet().stream()
                            .allMatch(state -> state.endsWith(" delivered") || state.endsWith(" superseded"));
        }
    }

    Finding read() {
        return new Finding(tally(keyed), tally(searched), books.receipts(), books.deliveries());
    }

    boolean isDrained() {
        return new Finding(tally(keyed), tally(searched), books.receipts(), books.deliveries()).isSettled();
    }

    private Tally tally(RoughStore store) {
        RoughStore.Holding holding = store.holding();
        int twins = holding.copies().values().stream().mapToInt(n -> n - 1).sum();
        int lost = 0;
        int stale = 0;
        for (Entry<String, Integer> order : newest.entrySet()) {
            int version = holding.versions().getOrDefault(order.getKey(), 0);
            lost += version == 0 ? 1 : 0;
            stale += version != 0 && version != order.getValue() ? 1 : 0;
        }
        return new Tally(holding.copies().size(), lost, twins, stale);
    }
}

package io.waybill.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.RunSummary;
import io.waybill.ledger.Statuses.Standing;
import io.waybill.order.EventJson;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a status run found, order by order. All are counted; of each kind the first thousand are listed. */
final class StatusReport {
    private static final int LISTED = 1_000;

    enum Found {
        /** Goes out now. */
        CHANGED,
        UNCHANGED,
        /** Held until somebody says what the word means. */
        UNMAPPED,
        FAILED
    }

    /**
     * @param order our id
     * @param status their word
     * @param note why, where that is not plain
     */
    record Entry(long order, String number, String mapping, @Nullable String status, @Nullable String note) {}

    private final Map<Found, List<Entry>> listed = new EnumMap<>(Found.class);
    private final Map<Found, Long> counts = new EnumMap<>(Found.class);

    void add(Found found, String mapping, Standing standing, @Nullable String status, @Nullable String note) {
        counts.merge(found, 1L, Long::sum);
        List<Entry> entries = listed.computeIfAbsent(found, key -> new ArrayList<>());
        if (entries.size() < LISTED) {
            entries.add(new Entry(standing.order(), standing.number(), mapping, status, note));
        }
    }

    private long count(Found found) {
        return counts.getOrDefault(found, 0L);
    }

    /** Changed ones count as stored, unchanged ones as known already, unmapped ones as kept and not taken in. */
    RunSummary summary() {
        return new RunSummary(
                counts.values().stream().mapToLong(Long::longValue).sum(),
                count(Found.CHANGED),
                count(Found.UNCHANGED),
                count(Found.UNMAPPED),
                count(Found.FAILED));
    }

    String json() {
        ObjectNode lists = EventJson.MAPPER.createObjectNode();
        for (Found found : Found.values()) {
            lists.set(
                    found.name().toLowerCase(Locale.ROOT),
                    EventJson.MAPPER.valueToTree(listed.getOrDefault(found, List.of())));
        }
        return lists.toString();
    }
}

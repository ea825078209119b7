package io.waybill.channel;

import io.waybill.order.Status;
import io.waybill.status.StatusTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one status of a system means to the orders of another, as ops configured it in {@code statuses/<name>.yaml}.
 *
 * @param path of its file, relative to {@code routes/}
 * @param itemId the field of {@code from}'s lines that holds {@code to}'s line id; null where the lines are not compared
 * @param orderId the field of {@code from}'s order that holds {@code to}'s order id; null where the channels' links suffice
 * @param statuses which of their statuses are synchronised, at least one
 * @param map their status to ours; one that is missing holds the update
 * @param every null when it runs by hand only
 */
public record StatusMapping(
        String name,
        String path,
        String from,
        String to,
        @Nullable String itemId,
        @Nullable String orderId,
        List<String> statuses,
        Map<String, Status> map,
        @Nullable Duration every) {
    public StatusMapping {
        statuses = List.copyOf(statuses);
        map = Map.copyOf(map);
    }

    public StatusTable table() {
        return new StatusTable(statuses, map);
    }
}

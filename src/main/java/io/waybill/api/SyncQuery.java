package io.waybill.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.waybill.channel.Operation;
import io.waybill.channel.TaskKind;
import io.waybill.ledger.SyncFilter;
import io.waybill.ledger.SyncStatus;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The filters of the sync log, as they stand in the address. */
public record SyncQuery(
        @Parameter(description = "Started at or after: a day or an instant") @Nullable String from,
        @Parameter(description = "Started before: a day, taken whole, or an instant") @Nullable String to,
        @Parameter(description = "The order's number, with or without #") @Nullable String number,
        @Nullable String channel,
        @Parameter(description = "A task, or a delivery's operation", example = "import-orders") @Nullable String task,
        @Schema(allowableValues = {"running", "done", "retry", "failed", "unknown", "skipped"}) @Nullable
                String status) {
    private static final List<String> TASKS = Stream.concat(
                    Arrays.stream(TaskKind.values()).map(TaskKind::word),
                    Arrays.stream(Operation.values()).map(Operation::word))
            .distinct()
            .toList();

    SyncFilter filter() {
        return new SyncFilter(
                Ask.from(from),
                Ask.to(to),
                Ask.text("number", number),
                Ask.text("channel", channel),
                Ask.oneOf("task", task, TASKS),
                Ask.word("status", status, SyncStatus.values(), SyncStatus::word));
    }
}

package io.waybill.task;

import io.waybill.channel.Channel;
import io.waybill.channel.Durations;
import io.waybill.channel.TaskKind;
import io.waybill.ledger.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One execution of a task, as its work sees it.
 *
 * @param options the task's own, such as statuses
 * @param progress told after each step what was done so far; throws when the run must end at once
 */
public record TaskRun(
        Channel channel, TaskKind kind, Map<String, List<String>> options, Consumer<RunSummary> progress) {

    Duration option(String name, Duration otherwise) {
        List<String> values = options.getOrDefault(name, List.of());
        return values.isEmpty() ? otherwise : Durations.parse(values.get(0));
    }
}

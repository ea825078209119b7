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
 * @param subject which of several such tasks; empty for all of them
 * @param detail told at the end what the numbers do not say, as JSON; kept with the run
 * @param progress told after each step what was done so far; throws when the run must end at once
 */
public record TaskRun(
        Channel channel,
        TaskKind kind,
        String subject,
        Map<String, List<String>> options,
        Consumer<String> detail,
        Consumer<RunSummary> progress) {

    Duration option(String name, Duration otherwise) {
        List<String> values = options.getOrDefault(name, List.of());
        return values.isEmpty() ? otherwise : Durations.parse(values.get(0));
    }
}

package io.waybill.task;

import io.waybill.channel.Channel;
import io.waybill.channel.Channel.Task;
import io.waybill.channel.TaskKind;
import io.waybill.ledger.TaskSwitches;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks that a channel can do, as its file and people's switches have them. */
public final class TaskStandings {
    private final Timetable timetable;
    private final TaskSwitches switches;

    TaskStandings(Timetable timetable, TaskSwitches switches) {
        this.timetable = timetable;
        this.switches = switches;
    }

    /**
     * One task of a channel.
     *
     * @param scheduled false for one that the channel can do but that nothing says when: it runs by hand
     * @param pace such as every 10m or a cron expression; null when not scheduled
     */
    public record TaskStanding(String task, boolean scheduled, boolean enabled, @Nullable String pace) {}

    public List<TaskStanding> of(Channel channel) {
        Map<TaskKind, Task> tasks = timetable.tasks(channel);
        return Arrays.stream(TaskKind.values())
                .filter(kind -> timetable.isPossible(channel, kind))
                .map(kind -> standing(channel, kind, tasks.get(kind)))
                .toList();
    }

    private TaskStanding standing(Channel channel, TaskKind kind, @Nullable Task task) {
        if (task == null) {
            return new TaskStanding(kind.word(), false, false, null);
        }
        Timetable.Planned planned = timetable.planned(channel, kind, task, switches.all());
        return new TaskStanding(
                kind.word(), true, planned.enabled(), planned.pace().text());
    }
}

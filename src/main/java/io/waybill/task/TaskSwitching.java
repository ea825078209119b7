package io.waybill.task;

import io.waybill.channel.Channel;
import io.waybill.channel.Channel.Task;
import io.waybill.channel.Durations;
import io.waybill.channel.TaskKind;
import io.waybill.ledger.Switches.Word;
import io.waybill.ledger.TaskSwitches;
import io.waybill.ledger.TaskSwitches.Part;
import io.waybill.order.WaybillException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes a task while the server runs: whether it is enabled, and how often it runs. Holds on every server, within ten
 * seconds on the others, until the channel's file itself says something else.
 */
public final class TaskSwitching {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final TaskSwitches switches;
    private final Timetable timetable;
    private final TaskSchedule schedule;

    TaskSwitching(TaskSwitches switches, Timetable timetable, TaskSchedule schedule) {
        this.switches = switches;
        this.timetable = timetable;
        this.schedule = schedule;
    }

    /**
     * @param task such as {@code import-orders}, of the channel's file
     * @param enabled null leaves it as it is
     * @param every such as {@code 10m}; null leaves it as it is
     */
    public void set(Channel channel, String task, @Nullable Boolean enabled, @Nullable String every, String by) {
        TaskKind kind = TaskKind.of(task).orElseThrow(() -> unknown(channel, task));
        Task inFile = timetable.tasks(channel).get(kind);
        if (inFile == null) {
            throw unknown(channel, task);
        }
        String pace = every == null ? null : Durations.text(pace(every));
        if (enabled != null) {
            put(channel, kind, Part.ENABLED, enabled.toString(), String.valueOf(inFile.enabled()), by);
        }
        if (pace != null) {
            put(channel, kind, Part.EVERY, pace, Timetable.fileValue(inFile), by);
        }
        schedule.apply();
    }

    private void put(Channel channel, TaskKind kind, Part part, String value, String inFile, String by) {
        if (part == Part.ENABLED && value.equals(inFile)) {
            switches.clear(channel.name(), kind.word(), part, by);
        } else {
            switches.set(channel.name(), kind.word(), part, value, inFile, by);
        }
    }

    private static Duration pace(String every) {
        try {
            Duration pace = Durations.parse(every);
            if (pace.compareTo(SHORTEST) >= 0) {
                return pace;
            }
        } catch (IllegalArgumentException e) {
            throw new WaybillException(TaskError.INVALID_PACE, "\"every\": " + e.getMessage() + ".");
        }
        throw new WaybillException(TaskError.INVALID_PACE, "\"every\" must be at least 1s.");
    }

    private WaybillException unknown(Channel channel, String task) {
        return new WaybillException(
                TaskError.UNKNOWN_TASK,
                "Channel " + channel.name() + " has no task " + task + " in its file. It has: "
                        + timetable.tasks(channel).keySet().stream()
                                .map(TaskKind::word)
                                .toList());
    }

    /** What the channel's file says where it can be switched. */
    public List<Word> words(Channel channel) {
        return timetable.tasks(channel).entrySet().stream()
                .flatMap(entry -> Stream.of(
                        word(
                                channel,
                                entry.getKey(),
                                Part.ENABLED,
                                String.valueOf(entry.getValue().enabled())),
                        word(channel, entry.getKey(), Part.EVERY, Timetable.fileValue(entry.getValue()))))
                .toList();
    }

    private static Word word(Channel channel, TaskKind kind, Part part, String value) {
        return new Word(channel.name(), TaskSwitches.name(kind.word(), part), value);
    }
}

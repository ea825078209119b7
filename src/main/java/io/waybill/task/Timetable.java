package io.waybill.task;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Channel.Task;
import io.waybill.channel.Durations;
import io.waybill.channel.StatusMapping;
import io.waybill.channel.TaskKind;
import io.waybill.ledger.TaskSwitches.Part;
import io.waybill.ledger.TaskSwitches.Switched;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to run when: the tasks of the channels' files, with what people switched since laid over them. A channel of the
 * {@code file} connector that reads a folder looks at it without being told.
 */
final class Timetable {
    private static final String FOLDERS = "file";

    private final Duration folders;
    private final Set<TaskKind> doable;

    /** @param doable the kinds that there is work for */
    Timetable(Duration folders, Set<TaskKind> doable) {
        this.folders = folders;
        this.doable = doable;
    }

    Map<TaskKey, Pace> of(Bundle bundle, List<Switched> switched) {
        Map<TaskKey, Pace> paces = new HashMap<>();
        for (Channel channel : bundle.channels().values()) {
            tasks(channel).forEach((kind, task) -> {
                Planned planned = planned(channel, kind, task, switched);
                if (isPossible(channel, kind) && planned.enabled()) {
                    paces.put(new TaskKey(channel.name(), kind), planned.pace());
                }
            });
        }
        for (StatusMapping mapping : bundle.statusMappings().values()) {
            if (mapping.every() != null && isDoable(bundle, mapping)) {
                paces.put(
                        new TaskKey(mapping.to(), TaskKind.SYNC_STATUSES, mapping.name()),
                        new Pace.Every(mapping.every()));
            }
        }
        return paces;
    }

    private boolean isDoable(Bundle bundle, StatusMapping mapping) {
        return doable.contains(TaskKind.SYNC_STATUSES)
                && bundle.channel(mapping.to())
                        .filter(channel -> channel.can(TaskKind.SYNC_STATUSES.operation()))
                        .isPresent();
    }

    /** What is to happen of one task, with what people switched. */
    record Planned(boolean enabled, Pace pace) {}

    Planned planned(Channel channel, TaskKind kind, Task task, List<Switched> switched) {
        Overrides overrides = new Overrides(switched, channel.name(), kind);
        return new Planned(overrides.enabled(task), overrides.pace(task));
    }

    boolean isPossible(Channel channel, TaskKind kind) {
        return doable.contains(kind) && channel.can(kind.operation());
    }

    /** The tasks of its file, and the one that a folder has by itself. */
    Map<TaskKind, Task> tasks(Channel channel) {
        Map<TaskKind, Task> tasks = new EnumMap<>(TaskKind.class);
        if (channel.connector().name().equals(FOLDERS)) {
            tasks.put(TaskKind.IMPORT_ORDERS, new Task(true, folders, null, Map.of()));
        }
        tasks.putAll(channel.tasks());
        return tasks;
    }

    /** What counts of one task's switches: those made against what the file still says. */
    private record Overrides(List<Switched> all, String channel, TaskKind kind) {
        boolean enabled(Task task) {
            String value = value(Part.ENABLED, String.valueOf(task.enabled()));
            return value == null ? task.enabled() : Boolean.parseBoolean(value);
        }

        Pace pace(Task task) {
            String value = value(Part.EVERY, fileValue(task));
            return value == null ? Timetable.pace(task) : new Pace.Every(Durations.parse(value));
        }

        private @Nullable String value(Part part, String inFile) {
            return all.stream()
                    .filter(s -> s.channel().equals(channel)
                            && s.task().equals(kind.word())
                            && s.part() == part
                            && (s.fileValue() == null || s.fileValue().equals(inFile)))
                    .map(Switched::value)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** How a switch of {@code every} remembers what the file says. */
    static String fileValue(Task task) {
        return task.every() == null ? "cron " + task.cron() : task.every().toString();
    }

    private static Pace pace(Task task) {
        return task.every() == null
                ? new Pace.Cron(Objects.requireNonNull(task.cron(), "a task has every or cron"))
                : new Pace.Every(task.every());
    }
}

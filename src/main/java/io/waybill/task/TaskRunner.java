package io.waybill.task;

import io.waybill.channel.Channel;
import io.waybill.channel.Channel.Task;
import io.waybill.channel.TaskKind;
import io.waybill.flow.Routes;
import io.waybill.ledger.LedgerError;
import io.waybill.ledger.RunSummary;
import io.waybill.ledger.Runs;
import io.waybill.ledger.Runs.Run;
import io.waybill.ledger.Runs.Trigger;
import io.waybill.order.WaybillException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Runs tasks, each run written down. One run at a time per channel and task over all nodes, whoever asked for it. A task
 * that goes on failing for the same reason is logged once, and once more when it succeeds again.
 */
public final class TaskRunner {
    private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);
    private static final String NOBODY = "schedule";

    private final Routes routes;
    private final Runs runs;
    private final Timetable timetable;
    private final Executor threads;
    private final Map<TaskKind, Work> works = new EnumMap<>(TaskKind.class);
    private final Map<TaskKey, String> failing = new ConcurrentHashMap<>();
    private volatile boolean open = true;

    TaskRunner(Routes routes, Runs runs, Timetable timetable, List<Work> works, Executor threads) {
        this.routes = routes;
        this.runs = runs;
        this.timetable = timetable;
        this.threads = threads;
        works.forEach(work -> work.kinds().forEach(kind -> this.works.put(kind, work)));
    }

    static Set<TaskKind> kinds(List<Work> works) {
        return works.stream()
                .flatMap(work -> work.kinds().stream())
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /**
     * Runs it now and waits for its end; what went wrong stands in the run. Throws when it cannot start: no such task, or a
     * run of it is under way.
     *
     * @param task such as {@code import-orders}; need not be in the channel's file
     * @param by who asks
     */
    public Run run(String channel, String task, String by) {
        return run(channel, task, "", by);
    }

    /** The same for one of several such tasks, such as one status mapping. */
    public Run run(String channel, String task, String subject, String by) {
        Begun begun = begin(key(channel, task, subject), Trigger.MANUAL, by);
        begun.work();
        return runs.find(begun.id);
    }

    /** Starts it and returns the run, which goes on by itself. Throws as {@link #run} does. */
    public Run start(String channel, String task, String by) {
        Begun begun = begin(key(channel, task, ""), Trigger.MANUAL, by);
        threads.execute(begun::work);
        return runs.find(begun.id);
    }

    /** Called by Quartz. Nothing is thrown: there is nobody to tell but the run. */
    void scheduled(TaskKey key) {
        try {
            begin(key, Trigger.SCHEDULE, NOBODY).work();
        } catch (WaybillException e) {
            if (e.code() != LedgerError.WRONG_STATE) {
                told(key, e.code().code(), e);
            }
        } catch (RuntimeException e) {
            told(key, TaskError.TASK_FAILED.code(), e);
        }
    }

    private TaskKey key(String channel, String task, String subject) {
        TaskKind kind = TaskKind.of(task)
                .orElseThrow(() -> new WaybillException(
                        TaskError.UNKNOWN_TASK, "There is no task of this name. Tasks: " + List.of(TaskKind.values())));
        return new TaskKey(channel, kind, subject);
    }

    private Begun begin(TaskKey key, Trigger trigger, String by) {
        Channel channel = routes.bundle()
                .channel(key.channel())
                .orElseThrow(() ->
                        new WaybillException(TaskError.UNKNOWN_TASK, "There is no channel " + key.channel() + "."));
        Work work = works.get(key.kind());
        if (work == null || !channel.can(key.kind().operation())) {
            throw new WaybillException(
                    TaskError.TASK_NOT_POSSIBLE,
                    "Channel " + key.channel() + " cannot " + key.kind().word() + ": its connector has no "
                            + key.kind().operation().word() + ", or a setting for it is missing.");
        }
        return new Begun(
                key, channel, work, runs.start(key.channel(), key.kind().word(), key.subject(), trigger, by));
    }

    /** A run that has its row. */
    private final class Begun {
        private final TaskKey key;
        private final Channel channel;
        private final Work work;
        private final long id;
        private RunSummary soFar = RunSummary.NOTHING;

        private Begun(TaskKey key, Channel channel, Work work, long id) {
            this.key = key;
            this.channel = channel;
            this.work = work;
            this.id = id;
        }

        private void work() {
            try {
                runs.finish(id, work.run(taskRun()));
                recovered(key);
            } catch (RuntimeException e) {
                Failure failure = Failure.of(e);
                told(key, failure.code(), e);
                runs.fail(id, soFar, failure.code(), failure.message());
            }
        }

        private TaskRun taskRun() {
            return new TaskRun(
                    channel, key.kind(), key.subject(), options(), json -> runs.detail(id, json), this::progress);
        }

        private Map<String, List<String>> options() {
            @Nullable Task task = timetable.tasks(channel).get(key.kind());
            return task == null ? Map.of() : task.options();
        }

        private void progress(RunSummary summary) {
            soFar = summary;
            if (!open || !runs.progress(id, summary)) {
                throw new WaybillException(
                        TaskError.INTERRUPTED,
                        open ? "The run lost its lease." : "The server is stopping. The next run goes on from here.");
            }
        }
    }

    private void told(TaskKey key, String code, RuntimeException e) {
        if (!code.equals(failing.put(key, code))) {
            log.atWarn()
                    .addKeyValue("channel", key.channel())
                    .addKeyValue("task", key.kind().word())
                    .addKeyValue("code", code)
                    .setCause(code.equals(TaskError.TASK_FAILED.code()) ? e : null)
                    .log("A task fails; said once until it succeeds or fails otherwise");
        }
    }

    private void recovered(TaskKey key) {
        if (failing.remove(key) != null) {
            log.atInfo()
                    .addKeyValue("channel", key.channel())
                    .addKeyValue("task", key.kind().word())
                    .log("A task succeeds again");
        }
    }

    /** Runs under way end after the step they are at, before what they need is gone. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        open = false;
    }
}

package io.waybill.task;

import io.waybill.camel.Outcome;
import io.waybill.flow.Routes;
import io.waybill.ledger.Runs;
import io.waybill.ledger.TaskSwitches;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Keeps one Quartz route a task in the root context, and brings them in line with the bundle that serves and with what
 * people switched. Triggers live in PostgreSQL, shared by all nodes: each time of a task is fired on one of them, and a
 * node that dies leaves its times to the others.
 */
public final class TaskSchedule {
    private static final Logger log = LoggerFactory.getLogger(TaskSchedule.class);
    private static final String GROUP = "tasks";
    // Not durable: a job that outlives its trigger keeps Camel from scheduling it again.
    private static final String COMMON = "&stateful=true&usingFixedCamelContextName=true&triggerStartDelay=100";

    /** How soon a switch made on another node counts here. */
    private static final long LOOK_MILLIS = 10_000;

    private final CamelContext root;
    private final Routes routes;
    private final Runs runs;
    private final TaskSwitches switches;
    private final Timetable timetable;
    private final TaskRunner runner;
    private final Map<TaskKey, Pace> scheduled = new HashMap<>();
    private boolean started;
    private boolean behind;

    TaskSchedule(
            CamelContext root,
            Routes routes,
            Runs runs,
            TaskSwitches switches,
            Timetable timetable,
            TaskRunner runner) {
        this.root = root;
        this.routes = routes;
        this.runs = runs;
        this.switches = switches;
        this.timetable = timetable;
        this.runner = runner;
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() throws Exception {
        started = true;
        runs.reclaim();
        applyOrLater();
        root.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:task-switches?period=" + LOOK_MILLIS)
                        .routeId("task-switches")
                        .routeDescription("Brings the schedule in line with what was switched on another node")
                        .process(exchange -> applyOrLater());
            }
        });
    }

    @EventListener
    synchronized void deployed(Outcome.Switched switched) {
        if (started) {
            applyOrLater();
        }
    }

    /** Before the routes stop: a trigger that fires in between would find nobody. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @EventListener(ContextClosedEvent.class)
    synchronized void stop() throws SchedulerException {
        started = false;
        scheduler().standby();
    }

    /** A deployment does not fail because the schedule cannot be changed at this moment; the next look does it. */
    private synchronized void applyOrLater() {
        try {
            if (started) {
                apply();
            }
            behind = false;
        } catch (RuntimeException e) {
            if (!behind) {
                log.atWarn().setCause(e).log("The schedule could not be changed; it is tried again");
            }
            behind = true;
        }
    }

    /** Schedules what is to run and nothing else. Call it after a switch; a deployment does it by itself. */
    public synchronized void apply() {
        Map<TaskKey, Pace> wanted = timetable.of(routes.bundle(), switches.all());
        Map.copyOf(scheduled).forEach((key, pace) -> {
            if (!pace.equals(wanted.get(key))) {
                remove(key);
            }
        });
        wanted.forEach((key, pace) -> {
            if (!scheduled.containsKey(key)) {
                add(key, pace);
            }
        });
        unscheduleAllBut(wanted);
    }

    private void add(TaskKey key, Pace pace) {
        try {
            root.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("quartz:" + GROUP + "/" + key.name() + "?" + pace.options() + COMMON)
                            .routeId(routeId(key))
                            .routeDescription("Runs " + key.kind().word() + " of " + key.channel())
                            .process(exchange -> runner.scheduled(key));
                }
            });
            scheduled.put(key, pace);
        } catch (Exception e) {
            throw new IllegalStateException("task " + key.name() + " cannot be scheduled", e);
        }
    }

    private void remove(TaskKey key) {
        try {
            root.getRouteController().stopRoute(routeId(key));
            root.removeRoute(routeId(key));
            scheduled.remove(key);
        } catch (Exception e) {
            throw new IllegalStateException("task " + key.name() + " cannot be taken off the schedule", e);
        }
    }

    /** Also what an earlier bundle left in the database: Camel never deletes from a clustered store. */
    private void unscheduleAllBut(Map<TaskKey, Pace> wanted) {
        try {
            Scheduler scheduler =
                    root.getComponent("quartz", QuartzComponent.class).getScheduler();
            for (TriggerKey trigger : scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(GROUP))) {
                if (wanted.keySet().stream().noneMatch(key -> key.name().equals(trigger.getName()))) {
                    scheduler.unscheduleJob(trigger);
                }
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule in PostgreSQL cannot be changed", e);
        }
    }

    private Scheduler scheduler() {
        return root.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    private static String routeId(TaskKey key) {
        return "task-" + key.name().replace('.', '-');
    }
}

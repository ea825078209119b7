package io.waybill.camel;

import java.util.Properties;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;

/**
 * A scheduler for the {@code quartz:} routes of one generation, in memory. On a shared one every closed context would stay
 * behind, and triggers would fire before their consumers run. So these fire on every node; what must fire once is a task.
 */
final class PrivateScheduler {
    private static final String THREADS = "4";

    private PrivateScheduler() {}

    static Scheduler named(String name) throws SchedulerException {
        Properties settings = new Properties();
        settings.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, name);
        settings.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_ID, name);
        settings.setProperty(StdSchedulerFactory.PROP_SCHED_MAKE_SCHEDULER_THREAD_DAEMON, "true");
        settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.setProperty("org.quartz.threadPool.threadCount", THREADS);
        settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        return new StdSchedulerFactory(settings).getScheduler();
    }
}

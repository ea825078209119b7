package io.waybill.ops;

import io.waybill.ledger.AuditLog;
import io.waybill.ledger.DeliveryFilter;
import io.waybill.ledger.DeliveryState;
import io.waybill.ledger.ManualRetries;
import io.waybill.ledger.Switches;
import io.waybill.task.TaskRunner;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What may be done by JMX, each action with its entry in the audit log. */
final class Steering {
    /** JMX does not say who is behind a connection. */
    static final String BY = "jmx";

    private static final Logger log = LoggerFactory.getLogger(Steering.class);

    private final Switches switches;
    private final ManualRetries retries;
    private final TaskRunner tasks;
    private final AuditLog audit;

    Steering(Switches switches, ManualRetries retries, TaskRunner tasks, AuditLog audit) {
        this.switches = switches;
        this.retries = retries;
        this.tasks = tasks;
        this.audit = audit;
    }

    boolean pause(String channel) {
        return switches.pause(channel, BY);
    }

    boolean resume(String channel) {
        return switches.resume(channel, BY);
    }

    int retryFailed(String channel) {
        DeliveryFilter failed = new DeliveryFilter(DeliveryState.FAILED, null, channel, null, null, null);
        int requeued = 0;
        int more;
        do {
            more = retries.deliveries(failed, BY).requeued();
            requeued += more;
        } while (more == ManualRetries.MOST);
        return requeued;
    }

    long runTask(String channel, String task) {
        return tasks.start(channel, task, BY).id();
    }

    /** A deployment took place whether its entry could be written or not. */
    void deployed(String action, String hash, String outcome) {
        try {
            audit.record(BY, action, null, "deployment " + hash, Map.of("outcome", outcome));
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("action", action).setCause(e).log("No audit entry could be written");
        }
    }
}

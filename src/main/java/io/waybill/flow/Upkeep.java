package io.waybill.flow;

import io.waybill.ledger.Issues;
import io.waybill.ledger.Partitions;
import io.waybill.ledger.Redaction;
import io.waybill.ledger.Retention;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Housekeeping of the ledger: partitions are there before the first row of a month, what is past its age goes, personal data is
 * taken out of orders that are over, and issues that resolved themselves are written down. In small steps, each a transaction
 * of its own, so that nothing waits for it.
 */
public final class Upkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private final Partitions partitions;
    private final Retention retention;
    private final Redaction redaction;
    private final Issues issues;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("waybill-upkeep-"));

    Upkeep(Partitions partitions, Retention retention, Redaction redaction, Issues issues) {
        this.partitions = partitions;
        this.retention = retention;
        this.redaction = redaction;
        this.issues = issues;
    }

    void start() {
        partitions.ensure();
        clock.scheduleWithFixedDelay(this::hourly, 1, 60, TimeUnit.MINUTES);
        clock.scheduleWithFixedDelay(() -> attempted("issues", issues::settle), 10, 30, TimeUnit.SECONDS);
    }

    private void hourly() {
        attempted("partitions", partitions::ensure);
        attempted("retention", this::forget);
        attempted("redaction", this::redact);
    }

    private void forget() {
        Retention.Forgotten forgotten = retention.run(this::isOpen);
        log.atDebug()
                .addKeyValue("months", forgotten.months())
                .addKeyValue("rows", forgotten.rows())
                .log("What is past its age was forgotten");
    }

    private void redact() {
        int orders = redaction.run(this::isOpen);
        if (orders > 0) {
            log.atInfo().addKeyValue("orders", orders).log("Personal data was taken out of orders that are over");
        }
    }

    private boolean isOpen() {
        return !clock.isShutdown();
    }

    private static void attempted(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("work", what).setCause(e).log("Housekeeping failed; it is tried again");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

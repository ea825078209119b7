package io.waybill.flow;

import io.waybill.ledger.Partitions;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Housekeeping of the ledger: partitions are there before the first row of a month, old receipts go. */
public final class Upkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private final Partitions partitions;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("waybill-upkeep-"));

    Upkeep(Partitions partitions) {
        this.partitions = partitions;
    }

    void start() {
        partitions.ensure();
        clock.scheduleWithFixedDelay(this::daily, 1, 6 * 60, TimeUnit.MINUTES);
    }

    private void daily() {
        try {
            partitions.ensure();
            int purged = partitions.purge();
            log.atDebug().addKeyValue("receipts", purged).log("Old receipts purged");
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("Housekeeping failed; it is tried again in six hours");
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

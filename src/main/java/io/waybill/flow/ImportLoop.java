package io.waybill.flow;

import io.waybill.ledger.Receipts;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs import rounds: at once while there is work, else when something was received, else every second. While messages
 * crowd in it works a tenth of the time only: a stored receipt can wait, a sender that is not answered gives up.
 */
public final class ImportLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImportLoop.class);
    private static final long POLL_MILLIS = 1_000;
    /** So many times as long as it worked it rests in a burst, but never longer than the cap. */
    private static final int REST = 9;

    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(300);

    private final Importer importer;
    private final Receipts receipts;
    private final MendedRules mended;
    private final MendedNames names;
    private final Wake wake;
    private final BooleanSupplier burst;
    private final Thread thread = new Thread(this::run, "waybill-import");
    private volatile boolean open = true;

    /** @param burst whether messages arrive in crowds right now */
    ImportLoop(
            Importer importer,
            Receipts receipts,
            MendedRules mended,
            MendedNames names,
            Wake wake,
            BooleanSupplier burst) {
        this.importer = importer;
        this.receipts = receipts;
        this.mended = mended;
        this.names = names;
        this.wake = wake;
        this.burst = burst;
        thread.setDaemon(true);
    }

    public void start() {
        receipts.reclaim();
        thread.start();
    }

    private void run() {
        try {
            while (open) {
                long begun = System.nanoTime();
                if (round() == 0) {
                    wake.await(POLL_MILLIS);
                } else if (burst.getAsBoolean()) {
                    long worked = System.nanoTime() - begun;
                    TimeUnit.NANOSECONDS.sleep(Math.min(REST * worked, LONGEST_REST));
                }
            }
        } catch (InterruptedException e) {
            log.debug("Import loop interrupted");
        }
    }

    private int round() throws InterruptedException {
        try {
            mended.decideAgain();
            names.wakeWhatWaits();
            return importer.round();
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("An import round failed; its receipts are taken up again after their lease");
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return 0;
        }
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        wake.signal();
        thread.join(TimeUnit.SECONDS.toMillis(5));
        if (thread.isAlive()) {
            log.atWarn().log("Stopped in the middle of an import round; its receipts are imported by the next");
            receipts.release();
        }
    }
}

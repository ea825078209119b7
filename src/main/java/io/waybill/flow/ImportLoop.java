package io.waybill.flow;

import io.waybill.ledger.Receipts;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs import rounds: at once while there is work, else when something was received, else every second. */
public final class ImportLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImportLoop.class);
    private static final long POLL_MILLIS = 1_000;

    private final Importer importer;
    private final Receipts receipts;
    private final MendedRules mended;
    private final Wake wake;
    private final Thread thread = new Thread(this::run, "waybill-import");
    private volatile boolean open = true;

    ImportLoop(Importer importer, Receipts receipts, MendedRules mended, Wake wake) {
        this.importer = importer;
        this.receipts = receipts;
        this.mended = mended;
        this.wake = wake;
        thread.setDaemon(true);
    }

    public void start() {
        receipts.reclaim();
        thread.start();
    }

    private void run() {
        try {
            while (open) {
                if (round() == 0) {
                    wake.await(POLL_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            log.debug("Import loop interrupted");
        }
    }

    private int round() throws InterruptedException {
        try {
            mended.decideAgain();
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
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }
}

package io.waybill.camel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the folder has changed and come to rest. It looks, rather than asks the system to be told: notifications stop
 * when a folder is deleted and made anew, and never come from network mounts or for files behind replaced links.
 */
final class RoutesWatcher {
    private static final Logger log = LoggerFactory.getLogger(RoutesWatcher.class);

    /** A folder that never rests (somebody logs into it) is read all the same. */
    private static final int LONGEST_UNREST = 10;

    private static final int LOOKS_PER_QUIET = 4;

    private final Path folder;
    private final Duration quiet;
    private final Runnable changed;
    private @Nullable ScheduledExecutorService looking;
    private FolderPrint reported = FolderPrint.NONE;
    private FolderPrint seen = FolderPrint.NONE;
    private long seenSince;
    private long unrestSince;

    RoutesWatcher(Path folder, Duration quiet, Runnable changed) {
        this.folder = folder;
        this.quiet = quiet;
        this.changed = changed;
    }

    /** What is there now is known; call it before reading the folder, so that no change slips in between. */
    void remember() {
        reported = FolderPrint.of(folder);
        seen = reported;
    }

    void start() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "waybill-routes-watcher");
            thread.setDaemon(true);
            return thread;
        });
        long every = Math.max(1, quiet.toMillis() / LOOKS_PER_QUIET);
        executor.scheduleWithFixedDelay(this::lookSafely, every, every, TimeUnit.MILLISECONDS);
        looking = executor;
    }

    void stop() {
        if (looking != null) {
            looking.shutdownNow();
        }
    }

    private void lookSafely() {
        try {
            look(System.nanoTime());
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("folder", folder).setCause(e).log("A change of the routes could not be tried");
        }
    }

    private void look(long now) {
        FolderPrint current = FolderPrint.of(folder);
        if (!current.equals(seen)) {
            unrestSince = seen.equals(reported) ? now : unrestSince;
            seen = current;
            seenSince = now;
        }
        boolean rested = now - seenSince >= quiet.toNanos();
        boolean waitedEnough = now - unrestSince >= quiet.toNanos() * LONGEST_UNREST;
        if (!seen.equals(reported) && (rested || waitedEnough)) {
            reported = seen;
            changed.run();
        }
    }
}

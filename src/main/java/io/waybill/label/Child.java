package io.waybill.label;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One child JVM, used by one thread at a time. */
final class Child {
    /** What ExitOnOutOfMemoryError exits with. */
    private static final int OUT_OF_MEMORY = 3;

    private static final Duration START = Duration.ofSeconds(60);

    private final ScheduledExecutorService watch;
    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;

    /** A killed process still counts as alive until the system has reaped it: it must not be lent out meanwhile. */
    private volatile boolean killed;

    private Child(Process process, ScheduledExecutorService watch) {
        this.process = process;
        this.watch = watch;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    }

    /** Starts one and waits until it is warm. */
    static Child start(ScheduledExecutorService watch) {
        try {
            Child child = new Child(ChildCommand.of().start(), watch);
            child.awaitReady();
            return child;
        } catch (IOException e) {
            throw new LabelException(LabelError.CONVERTER_UNAVAILABLE, "The label converter could not be started", e);
        }
    }

    private void awaitReady() throws IOException {
        Deadline deadline = new Deadline(START);
        try {
            if (in.read() != Wire.READY) {
                kill();
                throw new IOException("The child JVM did not come up");
            }
        } finally {
            deadline.lift();
        }
    }

    boolean alive() {
        return !killed && process.isAlive();
    }

    /** Converts within the limit, or kills this child and says so. */
    LabelPdf convert(Content content, Duration limit) {
        Deadline deadline = new Deadline(limit);
        try {
            Wire.write(out, content);
            return Wire.readAnswer(in);
        } catch (IOException e) {
            LabelException failure = failure(deadline.passed(), limit, e);
            kill();
            throw failure;
        } finally {
            deadline.lift();
        }
    }

    private LabelException failure(boolean late, Duration limit, IOException cause) {
        if (late) {
            return new LabelException(
                    LabelError.TOOK_TOO_LONG, "The label took more than " + limit.toSeconds() + " s", cause);
        }
        if (exitCode() == OUT_OF_MEMORY) {
            return new LabelException(
                    LabelError.TOO_MUCH_MEMORY, "The label needs more memory than it may have", cause);
        }
        return new LabelException(LabelError.CONVERTER_UNAVAILABLE, "The label converter ended before its work", cause);
    }

    /** Its pipes close a moment before it is gone: killed at once, it would lose its own exit code. */
    private int exitCode() {
        try {
            return process.waitFor(2, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    void kill() {
        killed = true;
        process.destroyForcibly();
    }

    /** Kills the child when it passes; {@link Thread#interrupt()} would not stop the renderer. */
    private final class Deadline {
        private final AtomicBoolean passed = new AtomicBoolean();
        private final Future<?> alarm;

        Deadline(Duration limit) {
            this.alarm = watch.schedule(this::pass, limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void pass() {
            passed.set(true);
            kill();
        }

        boolean passed() {
            return passed.get();
        }

        void lift() {
            alarm.cancel(false);
        }
    }
}

package io.waybill.label;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The child JVMs: started with the first label that needs one, kept warm for the next, gone after a time without work. A killed
 * one is replaced with the next label.
 */
final class Children implements AutoCloseable {
    private final Semaphore places;
    private final Duration limit;
    private final Duration idle;
    private final ScheduledThreadPoolExecutor watch;
    private final Deque<Child> waiting = new ArrayDeque<>();
    private boolean closed;
    private @Nullable Future<?> leaving;

    Children(int most, Duration limit, Duration idle) {
        this.places = new Semaphore(most, true);
        this.limit = limit;
        this.idle = idle;
        this.watch = new ScheduledThreadPoolExecutor(1, Children::daemon);
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(10, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = Executors.defaultThreadFactory().newThread(work);
        thread.setName("label-watch");
        thread.setDaemon(true);
        return thread;
    }

    LabelPdf convert(Content content) {
        places.acquireUninterruptibly();
        try {
            Child child = take();
            try {
                return child.convert(content, limit);
            } finally {
                giveBack(child);
            }
        } finally {
            places.release();
        }
    }

    private Child take() {
        Child child = warm();
        return child != null ? child : Child.start(watch);
    }

    private synchronized @Nullable Child warm() {
        if (closed) {
            throw new LabelException(LabelError.CONVERTER_UNAVAILABLE, "The label converter is closed");
        }
        // The last one used first: with little work the others reach their idle time.
        Child child = waiting.pollLast();
        while (child != null && !child.alive()) {
            child = waiting.pollLast();
        }
        return child;
    }

    private synchronized void giveBack(Child child) {
        if (closed) {
            child.kill();
        } else if (child.alive()) {
            waiting.addLast(child);
            restartIdleTime();
        }
    }

    private void restartIdleTime() {
        if (leaving != null) {
            leaving.cancel(false);
        }
        leaving = watch.schedule(this::dismiss, idle.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void dismiss() {
        waiting.forEach(Child::kill);
        waiting.clear();
    }

    synchronized int warmChildren() {
        return waiting.size();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        dismiss();
        watch.shutdownNow();
    }
}

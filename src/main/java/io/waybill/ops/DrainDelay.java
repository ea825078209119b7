package io.waybill.ops;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * Stopped before anything else: readiness says no already (Spring Boot publishes that when a stop begins), and requests are
 * still answered until the load balancer had the time to look.
 */
final class DrainDelay implements SmartLifecycle {
    private final Duration delay;
    private volatile boolean running;

    DrainDelay(Duration delay) {
        this.delay = delay;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}

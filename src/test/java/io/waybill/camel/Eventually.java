package io.waybill.camel;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition; fails after half a minute. */
final class Eventually {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private Eventually() {}

    static void holds(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("the condition did not come true in 30 s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}

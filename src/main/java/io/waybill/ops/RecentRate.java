package io.waybill.ops;

import java.util.Arrays;
import java.util.function.LongSupplier;

/** How often something happened a second, as the mean of the last full minute. */
final class RecentRate {
    private static final int SECONDS = 60;

    private final LongSupplier second;
    private final long[] counts = new long[SECONDS];
    private long newest;

    /** @param second counts seconds from any start */
    RecentRate(LongSupplier second) {
        this.second = second;
        this.newest = second.getAsLong();
    }

    synchronized void happened() {
        forget();
        counts[slot(newest)]++;
    }

    synchronized double perSecond() {
        forget();
        return Arrays.stream(counts).sum() / (double) SECONDS;
    }

    private void forget() {
        long now = second.getAsLong();
        for (long passed = Math.max(newest + 1, now - SECONDS + 1); passed <= now; passed++) {
            counts[slot(passed)] = 0;
        }
        newest = Math.max(newest, now);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) SECONDS);
    }
}

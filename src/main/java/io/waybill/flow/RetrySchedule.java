package io.waybill.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When an order's delivery is tried again: after 5 s, 30 s, 2 min, 10 min, 1 h, 6 h, with up to 20 % jitter; then a person looks. */
public record RetrySchedule(List<Duration> delays) {
    public static final RetrySchedule DEFAULT = new RetrySchedule(List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6)));

    public RetrySchedule {
        delays = List.copyOf(delays);
    }

    boolean isExhausted(int attemptsSoFar) {
        return attemptsSoFar >= delays.size();
    }

    /** @param asked what the destination asked for; it is never shortened */
    Duration delay(int attemptsSoFar, @Nullable Duration asked) {
        Duration own = delays.get(Math.min(attemptsSoFar, delays.size() - 1));
        long jittered =
                (long) (own.toMillis() * (1 + ThreadLocalRandom.current().nextDouble(0.2)));
        return asked != null && asked.toMillis() > jittered ? asked : Duration.ofMillis(jittered);
    }
}

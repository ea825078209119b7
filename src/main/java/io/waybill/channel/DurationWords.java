package io.waybill.channel;

import java.time.Duration;

/** Durations in findings. */
final class DurationWords {
    static final String ADVICE = "write 30s, 10m, 6h or 1d";

    private DurationWords() {}

    static boolean isDuration(String text) {
        try {
            Durations.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Something that can be waited for: at least a second, at most a year. */
    static boolean isPace(String text) {
        return isDuration(text)
                && Durations.parse(text).compareTo(Duration.ofSeconds(1)) >= 0
                && Durations.parse(text).compareTo(Duration.ofDays(366)) <= 0;
    }
}

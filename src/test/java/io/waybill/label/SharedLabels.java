package io.waybill.label;

import java.time.Duration;

/**
 * One converter with its warm children for all tests, since starting a child costs more than most tests. Its time limit is out of
 * reach: what a label is refused for must not depend on how busy the machine is. {@link ChildrenTest} covers the limit.
 */
final class SharedLabels {
    private static final Labels LABELS = new Labels(2, Duration.ofMinutes(5), Duration.ofMinutes(5));

    private SharedLabels() {}

    static Labels get() {
        return LABELS;
    }
}

package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChildrenTest {
    private static final LabelSource PAGE = LabelSource.of(Hostile.html("Hello"));

    /** Keeps the renderer busy for seconds, whatever the machine. */
    private static final LabelSource SLOW = LabelSource.of(Hostile.html("<b>x</b> ".repeat(9_000)));

    /** Of other tests in this JVM: their databases, their converter. */
    private Set<ProcessHandle> others = Set.of();

    @BeforeEach
    void look() {
        others = children();
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    private Set<ProcessHandle> own() {
        Set<ProcessHandle> own = children();
        own.removeAll(others);
        return own;
    }

    @Test
    void startsWithTheFirstLabelThatNeedsOneAndEndsWhenClosed() {
        try (Labels labels = new Labels(1)) {
            labels.convert(LabelSource.of(Samples.upsGif()));
            assertThat(labels.warmChildren()).isZero();

            labels.convert(LabelSource.of(Samples.image("png", 2480, 3508)));
            assertThat(labels.warmChildren()).isOne();

            Set<ProcessHandle> started = own();
            labels.close();
            started.forEach(child -> child.onExit().join());
            assertThatThrownBy(() -> labels.convert(PAGE)).isInstanceOfSatisfying(LabelException.class, e -> assertThat(
                            e.error().permanent())
                    .isFalse());
        }
    }

    @Test
    void killsWhatTakesTooLong() {
        try (Labels labels = new Labels(1, Duration.ofMillis(50), Duration.ofSeconds(60))) {
            assertThatThrownBy(() -> labels.convert(SLOW))
                    .isInstanceOfSatisfying(
                            LabelException.class, e -> assertThat(e.error()).isEqualTo(LabelError.TOOK_TOO_LONG));
            assertThat(labels.warmChildren()).isZero();
        }
    }

    @Test
    void replacesOneThatDied() {
        try (Labels labels = new Labels(1)) {
            labels.convert(PAGE);
            own().forEach(ProcessHandle::destroyForcibly);
            own().forEach(child -> child.onExit().join());

            assertThat(labels.convert(PAGE).pages()).isOne();
        }
    }

    @Test
    void leavesWhenIdle() {
        try (Labels labels = new Labels(1, Duration.ofSeconds(10), Duration.ofMillis(50))) {
            labels.convert(PAGE);

            own().forEach(child -> child.onExit().join());
            assertThat(labels.warmChildren()).isZero();
        }
    }
}

package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChildrenTest {
    private static final LabelSource PAGE = LabelSource.of("<html>Hello</html>".getBytes(StandardCharsets.UTF_8));

    private static java.util.Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    @Test
    void startsWithTheFirstLabelThatNeedsOne() {
        try (Labels labels = new Labels(1)) {
            labels.convert(LabelSource.of(Samples.upsGif()));
            assertThat(labels.warmChildren()).isZero();

            labels.convert(PAGE);
            assertThat(labels.warmChildren()).isOne();
        }
    }

    @Test
    void killsWhatTakesTooLongAndServesTheNext() {
        try (Labels labels = new Labels(1, Duration.ofMillis(1), Duration.ofSeconds(60))) {
            assertThatThrownBy(() -> labels.convert(PAGE))
                    .isInstanceOfSatisfying(
                            LabelException.class, e -> assertThat(e.error()).isEqualTo(LabelError.TOOK_TOO_LONG));
            assertThat(labels.warmChildren()).isZero();
        }
        try (Labels labels = new Labels(1)) {
            labels.convert(PAGE);
            ProcessHandle child = ProcessHandle.current()
                    .children()
                    .filter(ProcessHandle::isAlive)
                    .findFirst()
                    .orElseThrow();
            child.destroyForcibly();
            child.onExit().join();

            assertThat(labels.convert(PAGE).pages()).isOne();
        }
    }

    @Test
    void leavesWhenIdle() {
        try (Labels labels = new Labels(1, Duration.ofSeconds(10), Duration.ofMillis(50))) {
            labels.convert(PAGE);

            ProcessHandle.current().children().forEach(child -> child.onExit().join());
            assertThat(labels.warmChildren()).isZero();
            assertThat(labels.convert(PAGE).pages()).isOne();
        }
    }

    @Test
    void closingEndsThem() {
        Labels labels = new Labels(1);
        labels.convert(PAGE);
        java.util.Set<Long> before = children();
        labels.close();

        before.forEach(
                pid -> ProcessHandle.of(pid).ifPresent(child -> child.onExit().join()));
        assertThat(children()).doesNotContainAnyElementsOf(before);
        assertThatThrownBy(() -> labels.convert(PAGE)).isInstanceOfSatisfying(LabelException.class, e -> assertThat(
                        e.error().permanent())
                .isFalse());
    }
}

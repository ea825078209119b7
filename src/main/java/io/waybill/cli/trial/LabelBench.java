package io.waybill.cli.trial;

import io.waybill.label.LabelSource;
import io.waybill.label.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Labels a second by kind: the plain library call, ours with one and two threads, and other programs where they are installed;
 * each in turn within every round, so that a busy machine slows all alike.
 */
public final class LabelBench {
    private static final long SELF = ProcessHandle.current().pid();

    /**
     * How long and how often.
     *
     * @param length of each measurement
     * @param warmUp labels by each way to convert, before anything counts; of a slow rival a twentieth
     * @param kinds what to measure, in the order of their names in the table
     * @param nodeModules the folder in which zpl-renderer-js lies, if it does
     */
    public record Plan(int rounds, Duration length, int warmUp, Set<LabelSpecimen> kinds, Path nodeModules) {
        public Plan {
            if (rounds < 1 || length.isNegative() || warmUp < 0) {
                throw new IllegalArgumentException("rounds, length and warm-up must be positive");
            }
        }
    }

    private final Plan plan;
    private final Consumer<String> told;

    public LabelBench(Plan plan, Consumer<String> told) {
        this.plan = plan;
        this.told = told;
    }

    public void run() throws IOException, InterruptedException {
        told.accept(LabelFigures.HEADING);
        try (Labels labels = new Labels(2)) {
            for (LabelSpecimen specimen : EnumSet.copyOf(plan.kinds())) {
                measure(specimen, labels);
            }
        } catch (ExecutionException e) {
            throw new IOException("A label was not converted: " + e.getCause(), e);
        }
    }

    private void measure(LabelSpecimen specimen, Labels labels)
            throws IOException, InterruptedException, ExecutionException {
        Optional<Rival> rival = rival(specimen);
        try {
            LabelFigures figures = measure(specimen, labels, rival);
            told.accept(figures.toString());
            rival.map(Rival::name).map(figures::beside).ifPresent(told);
        } finally {
            rival.ifPresent(Rival::close);
        }
    }

    private Optional<Rival> rival(LabelSpecimen specimen) throws IOException, InterruptedException {
        return switch (specimen) {
            case HTML -> orTell(Chromium.start(specimen.bytes()), "no chromium on the PATH: no comparison");
            case ZPL ->
                orTell(
                        ZplRendererJs.start(plan.nodeModules(), specimen.bytes()),
                        "no zpl-renderer-js in " + plan.nodeModules() + ", or no node: no comparison");
            case GIF, PNG, JPEG, PDF -> Optional.empty();
        };
    }

    private Optional<Rival> orTell(Optional<Rival> rival, String absence) {
        if (rival.isEmpty()) {
            told.accept(absence);
        }
        return rival;
    }

    private LabelFigures measure(LabelSpecimen specimen, Labels labels, Optional<Rival> rival)
            throws InterruptedException, ExecutionException {
        Callable<?> plain = PlainCall.of(specimen);
        LabelSource source = specimen.source();
        Callable<?> ours = () -> labels.convert(source);
        Pace.warmUp(1, plan.warmUp(), plain);
        Pace.warmUp(2, plan.warmUp(), ours);
        if (rival.isPresent()) {
            Pace.warmUp(1, plan.warmUp() / 20, rival.get()::convert);
        }
        Map<LabelFigures.Way, List<Pace>> paces = new EnumMap<>(LabelFigures.Way.class);
        for (int round = 0; round < plan.rounds(); round++) {
            note(paces, LabelFigures.Way.PLAIN, Optional.of(Pace.of(1, plan.length(), plain, SELF)));
            note(paces, LabelFigures.Way.ONE_THREAD, Optional.of(Pace.of(1, plan.length(), ours, SELF)));
            note(paces, LabelFigures.Way.TWO_THREADS, Optional.of(Pace.of(2, plan.length(), ours, SELF)));
            note(paces, LabelFigures.Way.RIVAL, rival(rival, plan.length()));
        }
        return new LabelFigures(specimen.name(), paces);
    }

    private static void note(Map<LabelFigures.Way, List<Pace>> paces, LabelFigures.Way way, Optional<Pace> pace) {
        pace.ifPresent(paces.computeIfAbsent(way, w -> new ArrayList<>())::add);
    }

    private static Optional<Pace> rival(Optional<Rival> rival, Duration length)
            throws InterruptedException, ExecutionException {
        return rival.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Pace.of(1, length, rival.get()::convert, rival.get().pid()));
    }
}

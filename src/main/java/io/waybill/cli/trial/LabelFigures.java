package io.waybill.cli.trial;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** One kind's figures: medians over the rounds; ratios are of one round, where the machine was the same. */
record LabelFigures(String kind, Map<LabelFigures.Way, List<Pace>> paces) {
    enum Way {
        PLAIN,
        ONE_THREAD,
        TWO_THREADS,
        RIVAL
    }

    static final String HEADING =
            """
                    plain call             Waybill, 1 thread      2 threads              CPU, 1 thread   labels/s,
            kind    labels/s  CPU ms each  labels/s  CPU ms each  labels/s  CPU ms each  to plain call   2 threads to 1""";

    @Override
    public String toString() {
        return "%-6s %9.1f %12.2f %9.1f %12.2f %9.1f %12.2f %14.2f %15.2f"
                .formatted(
                        kind,
                        perSecond(Way.PLAIN),
                        millis(Way.PLAIN),
                        perSecond(Way.ONE_THREAD),
                        millis(Way.ONE_THREAD),
                        perSecond(Way.TWO_THREADS),
                        millis(Way.TWO_THREADS),
                        ratio(Way.ONE_THREAD, Way.PLAIN, Pace::millis),
                        ratio(Way.TWO_THREADS, Way.ONE_THREAD, Pace::perSecond));
    }

    String beside(String rival) {
        return "       %.1f labels/s, %.1f ms CPU each: %s. Waybill with one thread: %.1f times the labels/s, %.1f times less CPU"
                .formatted(
                        perSecond(Way.RIVAL),
                        millis(Way.RIVAL),
                        rival,
                        ratio(Way.ONE_THREAD, Way.RIVAL, Pace::perSecond),
                        ratio(Way.RIVAL, Way.ONE_THREAD, Pace::millis));
    }

    private double perSecond(Way way) {
        return Pace.median(all(way), Pace::perSecond);
    }

    private double millis(Way way) {
        return Pace.median(all(way), Pace::millis);
    }

    /** The median of the rounds' ratios. */
    double ratio(Way upper, Way lower, ToDoubleFunction<Pace> figure) {
        return Pace.median(IntStream.range(0, all(upper).size())
                .mapToDouble(round -> figure.applyAsDouble(all(upper).get(round))
                        / figure.applyAsDouble(all(lower).get(round)))
                .toArray());
    }

    private List<Pace> all(Way way) {
        return paces.getOrDefault(way, List.of());
    }
}

package io.waybill.cli.trial;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * How fast something was done over and over.
 *
 * @param millis processor time of one, in all processes that took part: what a busy machine leaves comparable
 */
record Pace(double perSecond, double millis) {
    /** As often as it can be done within that time by so many threads, at least once by each. */
    static Pace of(int threads, Duration length, Callable<?> work, long pid)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long cpu = Consumption.ofFamily(pid).cpuMillis();
            long begun = System.nanoTime();
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> repeat(work, begun + length.toNanos())));
            }
            int times = 0;
            for (Future<Integer> each : all) {
                times += each.get();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            return new Pace(times / seconds, (double) (Consumption.ofFamily(pid).cpuMillis() - cpu) / times);
        } finally {
            pool.shutdownNow();
        }
    }

    /** By so many threads, so often altogether, before anything is measured: a young JVM is slow and spends its time compiling. */
    static void warmUp(int threads, int times, Callable<?> work) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                all.add(pool.submit(work));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static int repeat(Callable<?> work, long end) throws Exception {
        int times = 0;
        do {
            work.call();
            times++;
        } while (System.nanoTime() < end);
        return times;
    }

    static double median(List<Pace> paces, ToDoubleFunction<Pace> figure) {
        return median(paces.stream().mapToDouble(figure).toArray());
    }

    static double median(double[] figures) {
        double[] sorted = figures.clone();
        java.util.Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}

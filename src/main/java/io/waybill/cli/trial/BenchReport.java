package io.waybill.cli.trial;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of a benchmark, for people. Ratios are of one round, where machine and disk were the same. */
public final class BenchReport {
    /** @param rows the yardstick's rows a second */
    record Round(double rows, Clients.Phase burst, double delivered, double ourMillis, double postgresMillis) {
        double acknowledgedRatio() {
            return burst.perSecond() / rows;
        }

        double deliveredRatio() {
            return delivered / rows;
        }
    }

    /** @param toDelivery from each acknowledgement to its arrival, sorted */
    record Steady(Clients.Phase phase, long[] toDelivery) {}

    private final Bench.Plan plan;
    private final int bytes;
    private final Duration start;
    private final Consumption idle;
    private final List<Round> rounds;
    private final Steady steady;
    private final Consumption server;
    private final Consumption postgres;

    BenchReport(
            Bench.Plan plan,
            int bytes,
            Duration start,
            Consumption idle,
            List<Round> rounds,
            Steady steady,
            Consumption server,
            Consumption postgres) {
        this.plan = plan;
        this.bytes = bytes;
        this.start = start;
        this.idle = idle;
        this.rounds = List.copyOf(rounds);
        this.steady = steady;
        this.server = server;
        this.postgres = postgres;
    }

    @Override
    public String toString() {
        return """
                orders of %,d bytes, %d clients, rounds of %d s; ready %.1f s after its start
                median         acknowledged %.2f of the yardstick, delivered %.2f
                %s
                memory         server %,d MB (%,d MB before the first order), PostgreSQL %,d MB"""
                .formatted(
                        bytes,
                        plan.clients(),
                        plan.length().toSeconds(),
                        start.toMillis() / 1000.0,
                        median(Round::acknowledgedRatio),
                        median(Round::deliveredRatio),
                        told(steady),
                        server.memoryKilobytes() / 1024,
                        idle.memoryKilobytes() / 1024,
                        postgres.memoryKilobytes() / 1024);
    }

    static String told(Round round) {
        return """
                round          yardstick %,.0f rows/s; acknowledged %,.0f/s (%.2f), p50 %.1f ms, p99 %.1f ms;\
                 delivered %,.0f/s (%.2f); CPU %.2f ms an order, and PostgreSQL %.2f ms"""
                .formatted(
                        round.rows(),
                        round.burst().perSecond(),
                        round.acknowledgedRatio(),
                        millis(round.burst().nanos(), 0.50),
                        millis(round.burst().nanos(), 0.99),
                        round.delivered(),
                        round.deliveredRatio(),
                        round.ourMillis(),
                        round.postgresMillis());
    }

    private static String told(Steady steady) {
        return """
                steady         %.0f orders/s: acknowledged p50 %.1f ms, p99 %.1f ms;\
                 from there to delivery p50 %.1f ms, p99 %.1f ms"""
                .formatted(
                        steady.phase().perSecond(),
                        millis(steady.phase().nanos(), 0.50),
                        millis(steady.phase().nanos(), 0.99),
                        millis(steady.toDelivery(), 0.50),
                        millis(steady.toDelivery(), 0.99));
    }

    private double median(ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile))] / 1e6;
    }
}

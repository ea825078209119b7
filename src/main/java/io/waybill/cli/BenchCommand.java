package io.waybill.cli;

import io.waybill.cli.trial.Bench;
import io.waybill.cli.trial.LabelBench;
import io.waybill.cli.trial.LabelSpecimen;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Measures a server of its own, and plain JDBC inserts on the same PostgreSQL beside it.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        subcommands = BenchCommand.OfLabels.class)
final class BenchCommand implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "3", description = "Pairs of yardstick and burst.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "8", description = "Length of each phase.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "60", description = "Seconds of orders before anything counts.")
    private int warmUp;

    @Option(names = "--clients", defaultValue = "32", description = "Keep-alive clients of a burst.")
    private int clients;

    @Option(names = "--pace", defaultValue = "50", description = "Orders a second of the steady phase.")
    private int pace;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        PrintWriter out = Terminal.of(spec);
        Path folder = Files.createTempDirectory("waybill-bench-");
        out.println("Benchmark in " + folder + " (routes, data and log stay there)");
        out.flush();
        Bench.Plan plan =
                new Bench.Plan(rounds, Duration.ofSeconds(seconds), Duration.ofSeconds(warmUp), clients, pace);
        out.println(new Bench(plan, folder).run(line -> {
            out.println(line);
            out.flush();
        }));
        out.flush();
        return ExitStatus.FINE;
    }

    @Command(
            name = "labels",
            description = {
                "Measures labels a second by kind, with the plain library call beside each, headless Chromium for HTML",
                "where it is on the PATH, and zpl-renderer-js for ZPL where npm has put it."
            },
            mixinStandardHelpOptions = true,
            showDefaultValues = true)
    static final class OfLabels implements Callable<Integer> {
        @Option(names = "--rounds", defaultValue = "5", description = "How often each way is measured, in turn.")
        private int rounds;

        @Option(names = "--seconds", defaultValue = "2", description = "Length of each measurement.")
        private double seconds;

        @Option(
                names = "--warm-up",
                defaultValue = "600",
                description = "Labels of each kind by each way before anything counts.")
        private int warmUp;

        @Option(
                names = "--kinds",
                split = ",",
                defaultValue = "HTML,GIF,PNG,JPEG,PDF,ZPL",
                description = "Which kinds: ${COMPLETION-CANDIDATES}.")
        private Set<LabelSpecimen> kinds = Set.of();

        @Option(
                names = "--node-modules",
                defaultValue = "node_modules",
                description = "Folder in which npm has put zpl-renderer-js.")
        private Path nodeModules = Path.of("node_modules");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            PrintWriter out = Terminal.of(spec);
            LabelBench.Plan plan = new LabelBench.Plan(rounds, ofSeconds(seconds), warmUp, kinds, nodeModules);
            new LabelBench(plan, line -> {
                        out.println(line);
                        out.flush();
                    })
                    .run();
            return ExitStatus.FINE;
        }

        private static Duration ofSeconds(double seconds) {
            return Duration.ofMillis(Math.round(seconds * 1000));
        }
    }
}

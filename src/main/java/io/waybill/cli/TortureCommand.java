package io.waybill.cli;

import io.waybill.cli.trial.Torture;
import io.waybill.cli.trial.TortureReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "torture",
        description =
                "Kills a server of its own while orders flow to failing destinations, and counts what became of each.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TortureCommand implements Callable<Integer> {
    @Option(names = "--orders", defaultValue = "2000", description = "Orders; a fifth as many duplicates come on top.")
    private int orders;

    @Option(names = "--kills", defaultValue = "12", description = "How often the server is killed with SIGKILL.")
    private int kills;

    @Option(names = "--pace", defaultValue = "150", description = "Webhooks a second.")
    private int pace;

    @Option(names = "--seed", description = "Repeats a run's plan. Default: a random one, which is printed.")
    private @Nullable Long seed;

    @Option(names = "--patience", defaultValue = "300", description = "Seconds the backlog may take to drain.")
    private int patience;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Terminal.of(spec);
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        Path folder = Files.createTempDirectory("waybill-torture-");
        out.println("Torture with seed " + chosen + " in " + folder + " (routes, data and log stay there)");
        out.flush();
        Torture.Plan plan = new Torture.Plan(orders, kills, pace, chosen, Duration.ofSeconds(patience));
        TortureReport report = new Torture(plan, folder).run();
        out.println(report);
        out.flush();
        return report.isPerfect() ? ExitStatus.FINE : ExitStatus.FINDINGS;
    }
}

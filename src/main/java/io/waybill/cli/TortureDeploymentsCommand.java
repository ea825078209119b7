package io.waybill.cli;

import io.waybill.cli.trial.DeployReport;
import io.waybill.cli.trial.DeployTorture;
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
        name = "deployments",
        description =
                "Edits the routes folder of a server of its own, well and badly, while orders flow, and counts what failed.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TortureDeploymentsCommand implements Callable<Integer> {
    @Option(names = "--edits", defaultValue = "500", description = "Edits of the folder, valid and broken ones.")
    private int edits;

    @Option(names = "--pace", defaultValue = "40", description = "Webhooks a second.")
    private int pace;

    @Option(names = "--seed", description = "Repeats a run's plan. Default: a random one, which is printed.")
    private @Nullable Long seed;

    @Option(names = "--patience", defaultValue = "120", description = "Seconds one edit may take.")
    private int patience;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Terminal.of(spec);
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        Path folder = Files.createTempDirectory("waybill-torture-");
        out.println(
                "Torture of deployments with seed " + chosen + " in " + folder + " (routes, data and log stay there)");
        out.flush();
        DeployTorture.Plan plan = new DeployTorture.Plan(edits, pace, chosen, Duration.ofSeconds(patience));
        DeployReport report = new DeployTorture(plan, folder).run();
        out.println(report);
        out.flush();
        return report.isPerfect() ? ExitStatus.FINE : ExitStatus.FINDINGS;
    }
}

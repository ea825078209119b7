package io.waybill.cli;

import io.waybill.camel.OutlineLint;
import io.waybill.channel.Bundle;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Finding;
import io.waybill.channel.Reading;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "lint",
        description = {
            "Reads a routes folder as a start would, and lists every mistake at once as file:line: message Fix: what to do.",
            "Exit status: 0 nothing found (a server looks at what only Camel knows besides), 1 mistakes, 2 no such folder."
        },
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(
            arity = "0..1",
            paramLabel = "dir",
            description = "The folder; the one of --routes (WAYBILL_ROUTES) when left out.")
    private @Nullable Path dir;

    @Spec
    private @Nullable CommandSpec spec;

    LintCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Path routes = dir == null ? Path.of(environment.get("WAYBILL_ROUTES")) : dir;
        PrintWriter out = Terminal.of(spec);
        if (!Files.isDirectory(routes)) {
            out.println(routes + ": no such folder. Fix: name one, or set WAYBILL_ROUTES.");
            return ExitStatus.UNUSABLE;
        }
        return report(complete(BundleReader.read(BundleFiles.of(routes, sandbox()))), routes, out);
    }

    /** Files that can be read may still hold routes that a server refuses before it tries to start them. */
    private static Reading complete(Reading read) {
        Bundle bundle = read.bundle();
        if (bundle == null) {
            return read;
        }
        List<Finding> findings = new ArrayList<>(read.findings());
        findings.addAll(OutlineLint.check(bundle));
        return new Reading(bundle, findings);
    }

    private boolean sandbox() {
        return Boolean.parseBoolean(environment.get("WAYBILL_SANDBOX"));
    }

    private static int report(Reading reading, Path routes, PrintWriter out) {
        for (Finding finding : reading.findings()) {
            out.println(routes + "/" + finding);
        }
        int errors = reading.errors().size();
        out.println(
                errors == 0 ? routes + ": fine" : routes + ": " + errors + (errors == 1 ? " mistake" : " mistakes"));
        out.flush();
        return errors == 0 ? ExitStatus.FINE : ExitStatus.FINDINGS;
    }
}

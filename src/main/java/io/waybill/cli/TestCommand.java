package io.waybill.cli;

import io.waybill.channel.BundleFiles;
import io.waybill.cli.proof.FolderProof;
import io.waybill.cli.proof.JUnitXml;
import io.waybill.cli.proof.Proof;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "test",
        description = {
            "Runs the tests of a routes folder: rules/<channel>.test.yaml, and samples of mappings. Needs no server.",
            "Exit status: 0 all passed, 1 some failed, 2 there is no such folder or no report could be written."
        },
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    private final Environment environment;

    @Parameters(
            arity = "0..1",
            paramLabel = "dir",
            description = "The folder; the one of --routes (WAYBILL_ROUTES) when left out.")
    private @Nullable Path dir;

    @Option(names = "--junit", paramLabel = "FILE", description = "Writes a report that build servers read.")
    private @Nullable Path junit;

    @Spec
    private @Nullable CommandSpec spec;

    TestCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Path routes = dir == null ? Path.of(environment.get("WAYBILL_ROUTES")) : dir;
        PrintWriter out = Terminal.of(spec);
        if (!Files.isDirectory(routes)) {
            out.println(routes + ": no such folder. Fix: name one, or set WAYBILL_ROUTES.");
            out.flush();
            return ExitStatus.UNUSABLE;
        }
        boolean sandbox = Boolean.parseBoolean(environment.get("WAYBILL_SANDBOX"));
        List<Proof> proofs = FolderProof.run(BundleFiles.of(routes, sandbox));
        int status = report(proofs, routes, out);
        return isWritten(proofs) ? status : ExitStatus.UNUSABLE;
    }

    private static int report(List<Proof> proofs, Path routes, PrintWriter out) {
        for (Proof proof : proofs) {
            for (Proof.Problem problem : proof.problems()) {
                String line = problem.line() > 0 ? ":" + problem.line() : "";
                out.println(routes + "/" + proof.file() + line + ": " + proof.name() + ": " + problem.message());
            }
        }
        long failed = proofs.stream().filter(Proof::failed).count();
        out.println(routes + ": " + proofs.size() + (proofs.size() == 1 ? " test, " : " tests, ")
                + (failed == 0 ? "all passed" : failed + " failed"));
        out.flush();
        return failed == 0 ? ExitStatus.FINE : ExitStatus.FINDINGS;
    }

    private boolean isWritten(List<Proof> proofs) {
        if (junit == null) {
            return true;
        }
        try {
            JUnitXml.write(proofs, junit);
            return true;
        } catch (IOException e) {
            PrintWriter errors = Terminal.errors(spec);
            errors.println("Cannot write " + junit + ". Fix: name a file in a folder that is there and writable.");
            errors.flush();
            return false;
        }
    }
}

package io.waybill.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Prints the version of Waybill and of the Java it runs on.")
final class VersionCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Terminal.of(spec).println("waybill " + Version.text() + " (Java " + Runtime.version() + ")");
        return ExitStatus.FINE;
    }
}

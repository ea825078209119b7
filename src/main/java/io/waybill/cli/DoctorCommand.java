package io.waybill.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = "Looks at this machine and these settings, changes nothing, and says what to mend.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private @Nullable CommandSpec spec;

    DoctorCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<Diagnosis> diagnoses = new Checkup(environment).diagnoses();
        PrintWriter out = Terminal.of(spec);
        diagnoses.forEach(out::println);
        out.flush();
        return diagnoses.stream()
                .mapToInt(diagnosis -> diagnosis.health().status())
                .max()
                .orElse(ExitStatus.FINE);
    }
}

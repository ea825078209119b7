package io.waybill.cli;

import io.waybill.order.WaybillException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** All commands. Every setting is an option of each of them. */
public final class Cli {
    private final List<Setting> settings = SettingsFile.read();
    private final Environment environment;
    private final Class<?> server;

    Cli(Class<?> server, Map<String, String> variables) {
        this.server = server;
        this.environment = new Environment(settings, variables);
    }

    /**
     * Runs one command to its end; {@code serve} ends when the server is stopped.
     *
     * @param server the Spring application that {@code serve} starts
     * @return the exit status
     */
    public static int run(Class<?> server, String... arguments) {
        return new Cli(server, System.getenv()).commandLine().execute(arguments);
    }

    CommandLine commandLine() {
        CommandLine line = new CommandLine(new Root());
        add(line, new ServeCommand(environment, server));
        add(line, new LintCommand(environment));
        add(line, new TestCommand(environment));
        add(line, new ReloadCommand(environment));
        CommandLine rules = new CommandLine(new RulesCommand());
        add(rules, new RulesDryRunCommand(environment));
        add(rules, new RulesBackTestCommand(environment));
        add(rules, new RulesApplyCommand(environment));
        line.addSubcommand(rules);
        add(line, new DoctorCommand(environment));
        add(line, new ExportCommand(environment));
        add(line, new ImportCommand(environment));
        add(line, new DemoCommand(environment));
        line.addSubcommand(new LabelCommand());
        line.addSubcommand(new BenchCommand());
        line.addSubcommand(new CommandLine(new TortureCommand()).addSubcommand(new TortureDeploymentsCommand()));
        add(line, new VersionCommand());
        return line.setExecutionStrategy(parsed -> {
                    environment.publish("WAYBILL_PORT", "WAYBILL_DATA");
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setExitCodeExceptionMapper(failure -> ExitStatus.UNUSABLE)
                .setExecutionExceptionHandler(Cli::explain);
    }

    private void add(CommandLine line, Object command) {
        CommandLine sub = new CommandLine(command);
        boolean shown = command instanceof ServeCommand;
        settings.forEach(setting -> sub.getCommandSpec().addOption(option(setting, shown)));
        line.addSubcommand(sub);
    }

    private OptionSpec option(Setting setting, boolean shown) {
        return OptionSpec.builder(setting.option())
                .type(String.class)
                .paramLabel("<" + setting.option().substring(2) + ">")
                .description(describe(setting))
                .hidden(!shown)
                .setter(new OptionSetter(environment, setting.variable()))
                .build();
    }

    private static String describe(Setting setting) {
        String value = setting.defaultValue().isEmpty() ? "" : " Default: " + setting.defaultValue() + ".";
        return (setting.description() + value + " [" + setting.variable() + "]").replace("%", "%%");
    }

    /** A failure we know is told in its own words; anything else is a defect and shows where it happened. */
    private static int explain(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WaybillException known) {
                err.println(
                        "waybill: " + known.getMessage() + " [" + known.code().code() + "]");
                return ExitStatus.UNUSABLE;
            }
            if (cause instanceof RunningServer.Unusable) {
                err.println("waybill: " + cause.getMessage());
                return ExitStatus.UNUSABLE;
            }
            if (cause instanceof PortInUseException taken) {
                err.println(
                        "waybill: Port " + taken.getPort() + " is taken. Fix: stop what listens there, or use --port.");
                return ExitStatus.UNUSABLE;
            }
        }
        failure.printStackTrace(err);
        return ExitStatus.UNUSABLE;
    }

    @Command(
            name = "waybill",
            description = "Synchronises orders between marketplaces, shops, ERPs and suppliers.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {"", "Exit status: 0 fine, 1 findings, 2 unusable. Start with: waybill serve"})
    static final class Root implements Runnable {
        @CommandLine.Spec
        private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

        @Override
        public void run() {
            throw new CommandLine.ParameterException(
                    java.util.Objects.requireNonNull(spec).commandLine(), "Which command?");
        }
    }

    /** picocli sets an unset option too, with null. */
    private record OptionSetter(Environment environment, String variable) implements CommandLine.Model.ISetter {
        @Override
        @SuppressWarnings("NullAway")
        public <T> T set(T value) {
            if (value != null) {
                environment.option(variable, value.toString());
            }
            return value;
        }
    }
}

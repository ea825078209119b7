package io.waybill.cli;

import io.waybill.ops.backup.Backup;
import io.waybill.ops.postgres.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        description = {
            "Loads what `waybill export` wrote into a database, or a data folder, that holds no orders yet: all of it or nothing.",
            "No server may run on it. An export of an older version is migrated to this one."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private final BackupDatabase databases;

    @Parameters(paramLabel = "file", description = "What `waybill export` wrote.")
    private Path file = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    ImportCommand(Environment environment) {
        this.databases = new BackupDatabase(environment);
    }

    @Override
    public Integer call() {
        PrintWriter out = Terminal.of(spec);
        Path source = file.toAbsolutePath().normalize();
        Backup.verify(source);
        try (Database database = databases.startedOrMade()) {
            Backup.Summary done = new Backup(database, out::println).load(source);
            out.printf(
                    "Imported %,d rows of %d tables, of version %s, into %s%n",
                    done.rows(), done.tables(), done.schema(), database.describe());
            out.flush();
            return ExitStatus.FINE;
        }
    }
}

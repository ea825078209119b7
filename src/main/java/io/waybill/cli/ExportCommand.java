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
        name = "export",
        description = {
            "Writes the whole ledger, as it is at one moment, into a file: the backup, and the way to another PostgreSQL.",
            "A server may run on meanwhile. Customers' addresses are in the file, which its owner alone can read."
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private final BackupDatabase databases;

    @Parameters(paramLabel = "file-or-folder", description = "A file that is not there yet, or a folder for one.")
    private Path target = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    ExportCommand(Environment environment) {
        this.databases = new BackupDatabase(environment);
    }

    @Override
    public Integer call() {
        PrintWriter out = Terminal.of(spec);
        try (Database database = databases.existing()) {
            if (database == null) {
                Terminal.errors(spec).println("waybill: there is no database in " + databases.data() + " to export.");
                return ExitStatus.UNUSABLE;
            }
            Backup.Summary done = new Backup(database, out::println)
                    .export(target.toAbsolutePath().normalize());
            out.printf(
                    "Exported %,d rows of %d tables, version %s, to %s%n",
                    done.rows(), done.tables(), done.schema(), done.file());
            out.flush();
            return ExitStatus.FINE;
        }
    }
}

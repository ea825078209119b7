package io.waybill.ops.backup;

import io.waybill.ops.backup.BackupFault.Code;
import io.waybill.ops.postgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Exports a ledger whole, at one moment of its life, and imports it into an empty database, of another
 * major version of PostgreSQL too. What was under way at that moment is afterwards what a crash at that moment would have
 * left: taken up again under its key, or looked for first.
 */
public final class Backup {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private final Database database;
    private final Consumer<String> progress;

    /** @param progress is told a line a table */
    public Backup(Database database, Consumer<String> progress) {
        this.database = database;
        this.progress = progress;
    }

    /** What went by, and where. */
    public record Summary(Path file, String schema, int tables, long rows) {}

    /** @param target a file that is not there yet, or a folder, in which one is made */
    public Summary export(Path target) {
        Path file = Files.isDirectory(target)
                ? target.resolve("waybill-" + STAMP.format(Instant.now().atOffset(ZoneOffset.UTC)) + ".zip")
                : target;
        try (Connection connection = source("waybill-export").getConnection()) {
            return summary(file, new Exporter(connection, progress).write(file));
        } catch (SQLException | IOException e) {
            throw failed("export to " + file, e);
        }
    }

    /** Throws when the file is damaged, before anybody has made a database for it. */
    public static void verify(Path file) {
        try (ExportFile export = ExportFile.open(file)) {
            export.verify();
        }
    }

    /** All or nothing. An older export is migrated to this version once it is loaded. */
    public Summary load(Path file) {
        try (ExportFile export = ExportFile.open(file)) {
            export.verify();
            PGSimpleDataSource source = source("waybill-import");
            prepare(source, export.manifest());
            try (Connection connection = source.getConnection()) {
                new Importer(connection, progress).load(export);
            }
            flyway(source, null).migrate();
            return summary(file, export.manifest());
        } catch (SQLException | IOException e) {
            throw failed("import " + file, e);
        }
    }

    /** Leaves tables of the export's own version, and nothing in them that anybody would miss. */
    private static void prepare(PGSimpleDataSource source, Manifest manifest) throws SQLException {
        MigrationVersion wanted = MigrationVersion.fromVersion(manifest.schema());
        refuseNewer(source, wanted);
        try (Connection connection = source.getConnection()) {
            Importer importer = new Importer(connection, line -> {});
            importer.refuseBesideAServer();
            importer.refuseUnlessEmpty();
            Optional<String> there = new Catalogue(connection).version();
            if (there.isPresent() && MigrationVersion.fromVersion(there.get()).compareTo(wanted) > 0) {
                throw new BackupFault(
                        Code.DATABASE_NOT_EMPTY,
                        "The database has tables of version " + there.get() + ", the export is of " + wanted
                                + ". Nothing was imported. Import it into a database without tables, or a data folder in which no"
                                + " server was started yet.");
            }
        }
        flyway(source, wanted).migrate();
    }

    private static void refuseNewer(PGSimpleDataSource source, MigrationVersion wanted) {
        MigrationVersion newest = Arrays.stream(flyway(source, null).info().all())
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo)
                .orElseThrow();
        if (wanted.compareTo(newest) > 0) {
            throw new BackupFault(
                    Code.EXPORT_FROM_NEWER_VERSION,
                    "The export is of version " + wanted + " of the tables, this Waybill knows " + newest
                            + ". Nothing was imported. Use the Waybill that wrote it, or a later one.");
        }
    }

    private static Flyway flyway(
            PGSimpleDataSource source, @org.jspecify.annotations.Nullable MigrationVersion target) {
        var configuration = Flyway.configure().dataSource(source).locations("classpath:db/migration");
        return (target == null ? configuration : configuration.target(target)).load();
    }

    private PGSimpleDataSource source(String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setApplicationName(name);
        // A violated constraint would quote the row.
        source.setLogServerErrorDetail(false);
        source.setTcpKeepAlive(true);
        return source;
    }

    private static Summary summary(Path file, Manifest manifest) {
        return new Summary(file, manifest.schema(), manifest.tables().size(), manifest.rows());
    }

    private static BackupFault failed(String what, Exception e) {
        return new BackupFault(Code.BACKUP_FAILED, "Cannot " + what + ": " + e.getMessage(), e);
    }
}

package io.waybill.ops.backup;

import io.waybill.ops.backup.BackupFault.Code;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;

/** Writes everything as it was at one moment, while the server may run on. The file appears whole or not at all. */
final class Exporter {
    private final Connection connection;
    private final Catalogue catalogue;
    private final Consumer<String> progress;

    Exporter(Connection connection, Consumer<String> progress) {
        this.connection = connection;
        this.catalogue = new Catalogue(connection);
        this.progress = progress;
    }

    Manifest write(Path file) throws SQLException, IOException {
        if (Files.exists(file)) {
            throw new BackupFault(
                    Code.EXPORT_EXISTS, file + " is there already. Name another file; it is not overwritten.");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = create(part)) {
            Manifest manifest = snapshot(out);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return manifest;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Customers' addresses are in it: for its owner alone. */
    private static OutputStream create(Path part) throws IOException {
        try {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new BackupFault(
                    Code.EXPORT_EXISTS, part + " is there: another export runs, or one was killed. Then delete it.", e);
        }
        return Files.newOutputStream(part);
    }

    private Manifest snapshot(OutputStream out) throws SQLException, IOException {
        connection.setAutoCommit(false);
        catalogue.execute(
                "set transaction isolation level repeatable read, read only",
                "set local timezone = 'UTC'",
                "set local datestyle = 'ISO, YMD'",
                "set local bytea_output = 'hex'");
        String version = catalogue
                .version()
                .orElseThrow(() -> new BackupFault(
                        Code.NOTHING_TO_EXPORT, "There is no ledger in this database. Check the settings of it."));
        ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16));
        zip.setLevel(Deflater.BEST_SPEED);
        List<Manifest.Table> tables = new ArrayList<>();
        for (Map.Entry<String, List<String>> table : catalogue.tables().entrySet()) {
            tables.add(table(zip, table.getKey(), table.getValue()));
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                version,
                Instant.now(),
                connection.getMetaData().getDatabaseProductVersion(),
                tables,
                catalogue.partitions(),
                // Sequences follow no snapshot: read last they are past every id in it.
                catalogue.sequences());
        zip.putNextEntry(new ZipEntry(ExportFile.MANIFEST));
        zip.write(ExportFile.JSON.writeValueAsBytes(manifest));
        zip.closeEntry();
        zip.finish();
        zip.flush();
        connection.rollback();
        return manifest;
    }

    private Manifest.Table table(ZipOutputStream zip, String name, List<String> columns)
            throws SQLException, IOException {
        Tally tally = new Tally();
        zip.putNextEntry(new ZipEntry(new Manifest.Table(name, columns, 0, 0, "").entry()));
        // By a query: a partitioned table itself cannot be copied.
        String sql = "copy (select " + Catalogue.quoted(columns) + " from " + Catalogue.quoted(name)
                + ") to stdout with (format text, encoding 'UTF8')";
        long rows = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, tally.over(zip));
        zip.closeEntry();
        progress.accept("%,12d  %s".formatted(rows, name));
        return new Manifest.Table(name, columns, rows, tally.bytes(), tally.sha256Hex());
    }
}

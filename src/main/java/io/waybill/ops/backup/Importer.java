package io.waybill.ops.backup;

import io.waybill.ops.backup.BackupFault.Code;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/** Loads an export into tables that are empty, all of it in one transaction. */
final class Importer {
    /** What a server that did nothing yet has written about itself: thrown away. */
    private static final Set<String> OF_A_SERVER = Set.of(
            "node",
            "vote",
            "proposal",
            "deployment",
            "bundle",
            "qrtz_fired_triggers",
            "qrtz_locks",
            "qrtz_scheduler_state",
            "qrtz_simple_triggers",
            "qrtz_simprop_triggers",
            "qrtz_cron_triggers",
            "qrtz_triggers",
            "qrtz_job_details");

    /** A partition's words come out of a file: nothing but bounds and storage options may be in them. */
    private static final Pattern DEFINITION =
            Pattern.compile("FOR VALUES FROM \\('[-0-9:+ ]+'\\) TO \\('[-0-9:+ ]+'\\)( with \\([a-z_]+=[a-z0-9]+\\))?");

    private final Connection connection;
    private final Catalogue catalogue;
    private final Consumer<String> progress;

    Importer(Connection connection, Consumer<String> progress) {
        this.connection = connection;
        this.catalogue = new Catalogue(connection);
        this.progress = progress;
    }

    /** Throws unless nothing in here would be lost. */
    void refuseUnlessEmpty() throws SQLException {
        var full = catalogue.firstWithRows(OF_A_SERVER);
        if (full.isPresent()) {
            throw new BackupFault(
                    Code.DATABASE_NOT_EMPTY,
                    "The database holds rows already, in " + full.get()
                            + " for one. Nothing was imported. Import into a database, or a data folder, without any.");
        }
    }

    void refuseBesideAServer() throws SQLException {
        boolean serves = catalogue
                .query(
                        "select exists (select 1 from pg_stat_activity where datname = current_database()"
                                + " and application_name = 'waybill')",
                        row -> row.getBoolean(1))
                .get(0);
        if (serves) {
            throw new BackupFault(
                    Code.DATABASE_SERVES, "A Waybill is connected to this database. Stop it, then import.");
        }
    }

    void load(ExportFile export) throws SQLException, IOException {
        Manifest manifest = export.manifest();
        connection.setAutoCommit(false);
        try {
            catalogue.execute("set local timezone = 'UTC'", "set local datestyle = 'ISO, YMD'");
            refuseUnlessEmpty();
            Set<String> ours = catalogue.tables().keySet();
            for (String table : OF_A_SERVER) {
                if (ours.contains(table)) {
                    catalogue.execute("truncate " + Catalogue.quoted(table) + " cascade");
                }
            }
            for (Manifest.Partition partition : manifest.partitions()) {
                make(partition);
            }
            for (Manifest.Table table : manifest.tables()) {
                copy(export, table);
            }
            for (Manifest.Sequence sequence : manifest.sequences()) {
                catalogue.query(
                        "select setval(?::regclass, ?, ?)",
                        row -> row.getLong(1),
                        Catalogue.quoted(sequence.name()),
                        sequence.last(),
                        sequence.called());
            }
            connection.commit();
        } catch (SQLException | IOException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
        connection.setAutoCommit(true);
        catalogue.execute("analyze");
    }

    private void make(Manifest.Partition partition) throws SQLException {
        if (!DEFINITION.matcher(partition.definition()).matches()) {
            throw new BackupFault(
                    Code.EXPORT_DAMAGED,
                    "The export describes the partition " + partition.name()
                            + " in words that no export has. Nothing was imported.");
        }
        catalogue.execute("create table if not exists " + Catalogue.quoted(partition.name()) + " partition of "
                + Catalogue.quoted(partition.parent()) + " " + partition.definition());
    }

    private void copy(ExportFile export, Manifest.Table table) throws SQLException, IOException {
        String sql = "copy " + Catalogue.quoted(table.name()) + " (" + Catalogue.quoted(table.columns())
                + ") from stdin with (format text, encoding 'UTF8')";
        try (InputStream rows = export.rows(table)) {
            long loaded = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, rows, 1 << 16);
            if (loaded != table.rows()) {
                throw new BackupFault(
                        Code.EXPORT_DAMAGED,
                        "The export says that " + table.name() + " has " + table.rows() + " rows, " + loaded
                                + " came. Nothing was imported.");
            }
        }
        progress.accept("%,12d  %s".formatted(table.rows(), table.name()));
    }
}

package io.waybill.ops.postgres;

import io.waybill.ops.postgres.DatabaseFault.Code;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Refuses a database that cannot keep our promises: too old, or not flushing what it acknowledges. */
public final class DatabaseChecks {
    private static final int OLDEST_MAJOR = 15;
    private static final List<String> DURABLE = List.of("fsync", "full_page_writes", "synchronous_commit");

    private DatabaseChecks() {}

    /** Throws a {@link DatabaseFault} that says which setting, and what to do. */
    public static void verify(DataSource source) {
        try (Connection connection = source.getConnection()) {
            refuseOld(connection);
            for (String setting : DURABLE) {
                refuseOff(connection, setting);
            }
        } catch (SQLException e) {
            throw new DatabaseFault(
                    Code.DATABASE_UNREACHABLE,
                    "Cannot use the database: " + e.getMessage()
                            + " Check WAYBILL_DATABASE_URL, WAYBILL_DATABASE_USER and WAYBILL_DATABASE_PASSWORD.",
                    e);
        }
    }

    private static void refuseOld(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST_MAJOR) {
            throw new DatabaseFault(
                    Code.DATABASE_TOO_OLD,
                    "The database is PostgreSQL " + major + "; Waybill needs " + OLDEST_MAJOR
                            + " or later. Upgrade it.");
        }
    }

    private static void refuseOff(Connection connection, String setting) throws SQLException {
        if (show(connection, setting).equals("off")) {
            throw new DatabaseFault(
                    Code.DATABASE_NOT_DURABLE,
                    "PostgreSQL runs with " + setting + " = off: an acknowledged order could be lost in a crash. Set "
                            + setting + " = on.");
        }
    }

    /** One server setting, as {@code SHOW} tells it. */
    public static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}

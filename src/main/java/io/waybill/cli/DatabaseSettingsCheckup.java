package io.waybill.cli;

import io.waybill.ops.postgres.DatabaseChecks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings of PostgreSQL that let a server start and then stand in its way. What breaks promises refuses a start anyway. */
final class DatabaseSettingsCheckup {
    private static final String SUBJECT = "database";
    /** For a person with psql, an export, doctor. */
    private static final int GUESTS = 5;

    private final Connection connection;
    private final int pool;

    DatabaseSettingsCheckup(Connection connection, int pool) {
        this.connection = connection;
        this.pool = pool;
    }

    Stream<Diagnosis> diagnoses() throws SQLException {
        List<Diagnosis> found = Stream.of(
                        connections(),
                        wanted("server_encoding", "UTF8", "names and addresses of other scripts are refused"),
                        wanted(
                                "default_transaction_isolation",
                                "read committed",
                                "two workers would fail each other's commits"),
                        wanted("default_transaction_read_only", "off", "nothing can be stored"),
                        wanted("autovacuum", "on", "queues grow until every claim is slow"),
                        wanted(
                                "data_checksums",
                                "on",
                                "a disk that alters pages is not noticed; pg_checksums --enable"),
                        unlimited("statement_timeout"),
                        unlimited("transaction_timeout"),
                        unlimited("idle_in_transaction_session_timeout"))
                .flatMap(Optional::stream)
                .toList();
        return found.isEmpty()
                ? Stream.of(Diagnosis.fine(SUBJECT, "its settings are as a server wants them"))
                : found.stream();
    }

    private Optional<Diagnosis> connections() throws SQLException {
        int most = Integer.parseInt(DatabaseChecks.show(connection, "max_connections"))
                - Integer.parseInt(DatabaseChecks.show(connection, "superuser_reserved_connections"));
        return most >= pool + GUESTS
                ? Optional.empty()
                : doubtful("allows " + most + " connections and the pool alone takes " + pool
                        + ". Raise max_connections, or lower WAYBILL_DATABASE_POOL; each node has a pool.");
    }

    private Optional<Diagnosis> wanted(String setting, String value, String otherwise) throws SQLException {
        String found = DatabaseChecks.show(connection, setting);
        return found.equals(value)
                ? Optional.empty()
                : doubtful(setting + " is " + found + ", not " + value + ": " + otherwise + ".");
    }

    /** Zero means none; some settings are younger than the oldest PostgreSQL that is taken. */
    private Optional<Diagnosis> unlimited(String setting) throws SQLException {
        try (var statement = connection.prepareStatement("select current_setting(?, true)")) {
            statement.setString(1, setting);
            try (var row = statement.executeQuery()) {
                row.next();
                String found = row.getString(1);
                return found == null || found.isEmpty() || found.equals("0")
                        ? Optional.empty()
                        : doubtful(
                                setting + " is " + found
                                        + ": what takes longer is cut off, migrations and exports too. Set it to 0 for this user.");
            }
        }
    }

    private static Optional<Diagnosis> doubtful(String finding) {
        return Optional.of(Diagnosis.doubtful(SUBJECT, finding));
    }
}

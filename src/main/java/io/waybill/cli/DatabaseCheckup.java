package io.waybill.cli;

import io.waybill.ops.postgres.Database;
import io.waybill.ops.postgres.DatabaseChecks;
import io.waybill.ops.postgres.DatabaseFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** The database that a server would use, if it runs now. The own one is not started for this. */
final class DatabaseCheckup {
    private static final String SUBJECT = "database";
    private static final Duration HARMLESS_SKEW = Duration.ofSeconds(2);

    private final Environment environment;

    DatabaseCheckup(Environment environment) {
        this.environment = environment;
    }

    Stream<Diagnosis> diagnoses() {
        try {
            Optional<Database> running = Database.running(
                    environment.get("WAYBILL_DATABASE_URL"),
                    environment.get("WAYBILL_DATABASE_USER"),
                    environment.get("WAYBILL_DATABASE_PASSWORD"),
                    environment.path("WAYBILL_DATA"));
            return running.map(this::inspect)
                    .orElseGet(() ->
                            Stream.of(Diagnosis.fine(SUBJECT, "the own PostgreSQL is not running; serve starts it")));
        } catch (DatabaseFault e) {
            return Stream.of(Diagnosis.broken(SUBJECT, String.valueOf(e.getMessage())));
        }
    }

    private Stream<Diagnosis> inspect(Database database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setLoginTimeout(5);
        DatabaseChecks.verify(source);
        try (Connection connection = source.getConnection()) {
            Diagnosis found = Diagnosis.fine(
                    SUBJECT,
                    database.describe() + ", version " + DatabaseChecks.show(connection, "server_version")
                            + ", flushes what it acknowledges");
            int pool = Integer.parseInt(environment.get("WAYBILL_DATABASE_POOL"));
            return Stream.concat(
                    Stream.of(found, clock(connection)), new DatabaseSettingsCheckup(connection, pool).diagnoses());
        } catch (SQLException e) {
            return Stream.of(Diagnosis.broken(SUBJECT, String.valueOf(e.getMessage())));
        }
    }

    private static Diagnosis clock(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            Timestamp theirs = row.getTimestamp(1);
            Duration skew = Duration.between(Instant.now(), theirs.toInstant()).abs();
            return skew.compareTo(HARMLESS_SKEW) > 0
                    ? Diagnosis.doubtful(
                            "clock",
                            "the database's clock is " + skew.toMillis()
                                    + " ms away from ours. Due times use the database's; webhook signatures use ours. Run NTP.")
                    : Diagnosis.fine(
                            "clock", "the database's clock agrees with ours within " + skew.toMillis() + " ms");
        }
    }
}

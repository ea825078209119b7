package io.waybill.cli.trial;

import io.waybill.ops.postgres.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeMap;
import org.postgresql.ds.PGSimpleDataSource;

/** A look into the ledger of the server under trial, past its API: the truth, not what it says about it. */
final class Books {
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    private Books(Database database) {
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
    }

    static Books under(Path data) {
        return new Books(Database.running(null, "", "", data)
                .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run under " + data + ".")));
    }

    Connection connect() throws SQLException {
        return source.getConnection();
    }

    /** Receipts by state. */
    TreeMap<String, Integer> receipts() {
        return counts("select state, count(*) from receipt group by 1");
    }

    /** Deliveries by operation and state, as in {@code create-order delivered}. */
    TreeMap<String, Integer> deliveries() {
        return counts("select operation || ' ' || state, count(*) from delivery group by 1");
    }

    private TreeMap<String, Integer> counts(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            TreeMap<String, Integer> counts = new TreeMap<>();
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getInt(2));
            }
            return counts;
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger cannot be read: " + e.getSQLState() + ".", e);
        }
    }
}

package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One transaction at a time over plain JDBC. Arrays bind as PostgreSQL arrays, so that one statement carries many rows. */
final class Db {
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final DataSource dataSource;

    Db(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Runs the work in one transaction: all of it is durable when this returns, or nothing is. */
    <T> T tx(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(new Session(connection));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Reads outside any transaction of ours. */
    <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) {
        try (Connection connection = dataSource.getConnection()) {
            return new Session(connection).query(sql, row, parameters);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    int update(String sql, @Nullable Object... parameters) {
        return tx(session -> session.update(sql, parameters));
    }

    static WaybillException failure(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean away = e instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53");
        return away
                ? new WaybillException(
                        LedgerError.DATABASE_UNAVAILABLE,
                        "PostgreSQL does not answer (" + state + "). Try again soon.",
                        e)
                : new WaybillException(
                        LedgerError.DATABASE_REFUSED, "PostgreSQL refused a statement (" + state + ").", e);
    }

    /** True when PostgreSQL refused a value, such as text that it should have read as JSON. */
    static boolean isAboutData(WaybillException e) {
        return e.getCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && cause.getSQLState().startsWith("22");
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** One connection inside its transaction. */
    static final class Session {
        private final Connection connection;

        Session(Connection connection) {
            this.connection = connection;
        }

        <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
            try (PreparedStatement statement = prepare(sql, parameters);
                    ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(row.read(rows));
                }
                return result;
            }
        }

        <T> @Nullable T first(String sql, Row<T> row, @Nullable Object... parameters) throws SQLException {
            List<T> rows = query(sql, row, parameters);
            return rows.isEmpty() ? null : rows.get(0);
        }

        int update(String sql, @Nullable Object... parameters) throws SQLException {
            try (PreparedStatement statement = prepare(sql, parameters)) {
                return statement.executeUpdate();
            }
        }

        /** New ids in rising order. Taken under an order's lock, they tell the order of what happened to it. */
        long[] ids(int count) throws SQLException {
            long[] ids = new long[count];
            if (count > 0) {
                List<Long> drawn =
                        query("select nextval('ledger_id') from generate_series(1, ?)", row -> row.getLong(1), count);
                for (int i = 0; i < count; i++) {
                    ids[i] = drawn.get(i);
                }
            }
            return ids;
        }

        private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            return statement;
        }

        private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
            if (value instanceof Instant instant) {
                statement.setTimestamp(index, Timestamp.from(instant));
            } else if (value instanceof Object[] array) {
                statement.setArray(index, array(array));
            } else {
                statement.setObject(index, value);
            }
        }

        private Array array(Object[] values) throws SQLException {
            if (values instanceof Instant[] instants) {
                Timestamp[] stamps = new Timestamp[instants.length];
                for (int i = 0; i < stamps.length; i++) {
                    stamps[i] = instants[i] == null ? null : Timestamp.from(instants[i]);
                }
                return connection.createArrayOf("timestamptz", stamps);
            }
            return connection.createArrayOf(typeOf(values), values);
        }

        private static String typeOf(Object[] values) {
            if (values instanceof String[]) {
                return "text";
            }
            if (values instanceof Long[]) {
                return "bigint";
            }
            if (values instanceof Integer[]) {
                return "int4";
            }
            if (values instanceof Boolean[]) {
                return "bool";
            }
            if (values instanceof byte[][]) {
                return "bytea";
            }
            return "numeric";
        }
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp stamp = row.getTimestamp(column);
        return stamp == null ? null : stamp.toInstant();
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}

package io.waybill.cli.trial;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What plain JDBC does on the same PostgreSQL: the same bytes, one row a commit, sixteen connections. */
final class Yardstick {
    private static final int CONNECTIONS = 16;

    private final Books books;
    private final Stencil stencil = new Stencil();

    Yardstick(Books books) throws SQLException {
        this.books = books;
        execute("create table yardstick (id bigint generated always as identity primary key, body bytea not null)");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = books.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows a second. The table is emptied afterwards, so that its size is no part of the next measurement. */
    double measure(Duration length) throws InterruptedException, SQLException {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        long begun = System.nanoTime();
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(threads.submit(() -> insert(begun + length.toNanos())));
        }
        threads.shutdown();
        int rows = 0;
        for (Future<Integer> each : all) {
            rows += rows(each);
        }
        double perSecond = rows * 1e9 / (System.nanoTime() - begun);
        execute("truncate yardstick");
        return perSecond;
    }

    private static int rows(Future<Integer> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A connection of the yardstick failed.", e);
        }
    }

    private int insert(long end) throws SQLException {
        int rows = 0;
        try (Connection connection = books.connect();
                PreparedStatement insert = connection.prepareStatement("insert into yardstick (body) values (?)")) {
            while (System.nanoTime() < end) {
                insert.setBytes(1, stencil.body(rows++));
                insert.executeUpdate();
            }
        }
        return rows;
    }
}

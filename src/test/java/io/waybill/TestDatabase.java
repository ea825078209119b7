package io.waybill;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.ops.postgres.ScratchPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL for tests: one server per test JVM, one database per call. The migrations run once, into a template
 * that every {@link #fresh()} copies (about 100 ms). Fsync is off, so crash tests start a server of their own.
 *
 * <pre>{@code
 * private static final TestDatabase DATABASE = TestDatabase.fresh();
 * private final Ledger ledger = new Ledger(DATABASE.dataSource());
 * }</pre>
 */
public final class TestDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String url;
    private final HikariDataSource dataSource;

    private TestDatabase(String url) {
        this.url = url;
        this.dataSource = new HikariDataSource(pool(url));
    }

    /** A new database with every migration in it. */
    public static TestDatabase fresh() {
        return copyOf(Server.MIGRATED);
    }

    /** A new database with nothing in it. */
    public static TestDatabase empty() {
        return copyOf("template1");
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** For tests that start a server of their own on this database. */
    public String url() {
        return url;
    }

    public String user() {
        return Server.POSTGRES.user();
    }

    public String password() {
        return Server.POSTGRES.password();
    }

    private static synchronized TestDatabase copyOf(String template) {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return new TestDatabase(Server.POSTGRES.url(name));
    }

    private static void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(
                        Server.POSTGRES.url("postgres"), Server.POSTGRES.user(), Server.POSTGRES.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static HikariConfig pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(Server.POSTGRES.user());
        config.setPassword(Server.POSTGRES.password());
        config.setMaximumPoolSize(20);
        config.setMinimumIdle(0);
        config.setIdleTimeout(Duration.ofSeconds(10).toMillis());
        return config;
    }

    /** Starts with the first database asked for; stops with the JVM. */
    private static final class Server {
        static final String MIGRATED = "migrated";
        static final ScratchPostgres POSTGRES = ScratchPostgres.start();

        static {
            execute("CREATE DATABASE " + MIGRATED);
            Flyway.configure()
                    .dataSource(POSTGRES.url(MIGRATED), POSTGRES.user(), POSTGRES.password())
                    .locations("classpath:db/migration")
                    .failOnMissingLocations(false)
                    .load()
                    .migrate();
        }
    }
}

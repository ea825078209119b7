package io.waybill.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.waybill.order.WaybillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Each test owns a folder, so that it may break it. */
class OwnPostgresTest {
    private Path home = Path.of("");

    @BeforeEach
    void makeFolder() {
        home = ScratchPostgres.preparedHome();
    }

    @AfterEach
    void removeFolder() {
        Folders.delete(home);
    }

    @Test
    void flushesWhatItAcknowledges() throws SQLException {
        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.FULL);
                Connection connection = connect(postgres)) {
            assertThat(DatabaseChecks.show(connection, "fsync")).isEqualTo("on");
            assertThat(DatabaseChecks.show(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(DatabaseChecks.show(connection, "full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void refusesToWorkWithoutFlushing() {
        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE)) {
            assertThatThrownBy(() -> DatabaseChecks.verify(source(postgres)))
                    .isInstanceOf(DatabaseFault.class)
                    .hasMessageContaining("fsync = off");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE)) {
            for (String password : new String[] {"", "postgres", "waybill"}) {
                assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), postgres.user(), password))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password");
            }
        }
    }

    @Test
    void keepsItsPasswordToItself() throws IOException {
        OwnPostgres.start(home, Durability.NONE).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("password"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwx------");
    }

    @Test
    void opensNoSocketFileAndNoOutsideAddress() throws SQLException {
        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE);
                Connection connection = connect(postgres)) {
            assertThat(DatabaseChecks.show(connection, "unix_socket_directories"))
                    .isEmpty();
            assertThat(DatabaseChecks.show(connection, "listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void keepsDataOverARestart() throws SQLException {
        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE)) {
            execute(postgres, "CREATE TABLE kept (id int)");
        }
        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE)) {
            execute(postgres, "INSERT INTO kept VALUES (1)");
        }
    }

    @Test
    void refusesASecondServerOnTheSameFolder() throws SQLException {
        try (OwnPostgres first = OwnPostgres.start(home, Durability.NONE)) {
            assertThatThrownBy(() -> OwnPostgres.start(home, Durability.NONE))
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("WAYBILL_DATA")
                    .extracting(OwnPostgresTest::code)
                    .isEqualTo("database-in-use");
            execute(first, "SELECT 1");
        }
    }

    @Test
    void stopsTheServerThatAKilledJvmLeftBehind() throws Exception {
        startAndDie();
        ProcessHandle orphan = new Postmaster(home.resolve("cluster")).running().orElseThrow();

        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE)) {
            execute(postgres, "SELECT 1");
            await().atMost(Duration.ofSeconds(20)).until(() -> !orphan.isAlive());
        }
    }

    @Test
    void startsOverAPidFileOfAProcessThatIsSomethingElse() throws Exception {
        OwnPostgres.start(home, Durability.NONE).close();
        Files.writeString(
                home.resolve("cluster/postmaster.pid"), ProcessHandle.current().pid() + "\n" + home + "\n");

        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE)) {
            execute(postgres, "SELECT 1");
        }
    }

    @Test
    void startsOverAPidFileOfADeadProcess() throws Exception {
        startAndDie();
        ProcessHandle orphan = new Postmaster(home.resolve("cluster")).running().orElseThrow();
        orphan.destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> !orphan.isAlive());

        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE)) {
            execute(postgres, "SELECT 1");
        }
    }

    @Test
    void bringsBackAServerThatWasKilled() {
        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE)) {
            ProcessHandle killed =
                    new Postmaster(home.resolve("cluster")).running().orElseThrow();
            killed.destroyForcibly();

            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                assertThat(killed.isAlive()).isFalse();
                execute(postgres, "SELECT 1");
            });
        }
    }

    @Test
    void beginsAnewAfterACrashDuringInitialisation() throws Exception {
        Files.createDirectories(home.resolve("cluster.new/base"));
        Files.writeString(home.resolve("cluster.new/PG_VERSION"), "17\n");

        try (OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE)) {
            execute(postgres, "SELECT 1");
        }
    }

    @Test
    void refusesAFolderOfAnotherMajorAndNamesTheWayOut() throws Exception {
        Files.createDirectories(home.resolve("cluster"));
        Files.writeString(home.resolve("cluster/PG_VERSION"), "16\n");

        assertThatThrownBy(() -> OwnPostgres.start(home, Durability.NONE))
                .hasMessageContainingAll("PostgreSQL 16", "waybill export", "waybill import")
                .extracting(OwnPostgresTest::code)
                .isEqualTo("database-of-another-major");
    }

    @Test
    void releasesTheFolderAfterARefusal() throws Exception {
        Files.createDirectories(home.resolve("cluster"));
        Files.writeString(home.resolve("cluster/PG_VERSION"), "16\n");
        assertThatThrownBy(() -> OwnPostgres.start(home, Durability.NONE)).isInstanceOf(DatabaseFault.class);
        Folders.delete(home.resolve("cluster"));

        OwnPostgres.start(home, Durability.NONE).close();
    }

    private void startAndDie() throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartAndDie.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(jvm.waitFor()).isEqualTo(137);
    }

    private static String code(Throwable fault) {
        return ((WaybillException) fault).code().code();
    }

    private static Connection connect(OwnPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }

    private static void execute(OwnPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static PGSimpleDataSource source(OwnPostgres postgres) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.url());
        source.setUser(postgres.user());
        source.setPassword(postgres.password());
        return source;
    }
}

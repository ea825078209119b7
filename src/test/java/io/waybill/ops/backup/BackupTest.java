package io.waybill.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.TestDatabase;
import io.waybill.ledger.ManyOrders;
import io.waybill.ops.postgres.Database;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    static Path folder;

    private static TestDatabase source;
    private static Path export;

    @BeforeAll
    static void export() {
        source = TestDatabase.fresh();
        ManyOrders.fill(source.dataSource(), 300);
        export = backup(source).export(folder.resolve("all.zip")).file();
    }

    @Test
    void comesBackRowByRow() throws Exception {
        TestDatabase target = TestDatabase.empty();
        Backup.Summary loaded = backup(target).load(export);
        assertThat(rows(target)).isEqualTo(rows(source));
        assertThat(loaded.rows()).isGreaterThan(1_000);
    }

    @Test
    void putsEachMonthBackIntoItsPartition() throws Exception {
        TestDatabase target = TestDatabase.empty();
        backup(target).load(export);
        String perPartition = "select tableoid::regclass || ' ' || count(*) from attempt group by tableoid order by 1";
        assertThat(texts(target, perPartition)).hasSizeGreaterThan(2).isEqualTo(texts(source, perPartition));
        String storage =
                "select relname || ' ' || reloptions::text from pg_class where relname like 'attempt_2%' order by 1";
        assertThat(texts(target, storage)).isEqualTo(texts(source, storage));
    }

    @Test
    void goesOnCountingWhereItStopped() throws Exception {
        TestDatabase target = TestDatabase.empty();
        execute(source, "select nextval('ledger_id')");
        Path now = backup(source).export(folder.resolve("counted.zip")).file();
        backup(target).load(now);
        String next = "select nextval('ledger_id')::text";
        assertThat(texts(target, next)).isEqualTo(texts(source, next));
    }

    @Test
    void loadsIntoAServersDatabaseThatDidNothingYet() throws Exception {
        TestDatabase target = TestDatabase.fresh();
        execute(target, "insert into node (name, life, alive_until) values ('node-9', 'x', now())");
        execute(target, "insert into bundle (hash, files) values ('b', '')");
        execute(
                target,
                "insert into deployment (bundle, hash, by, via, node, changes) values ('b', 'h', 'start', 'start', 'node-9', '[]')");
        execute(target, "insert into qrtz_locks values ('waybill', 'TRIGGER_ACCESS')");
        backup(target).load(export);
        assertThat(rows(target)).isEqualTo(rows(source));
    }

    @Test
    void refusesAFileThatWasCutAndImportsNothing() throws Exception {
        byte[] whole = Files.readAllBytes(export);
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2));
        assertRefusedUntouched(cut, "export-damaged");
    }

    @Test
    void refusesRowsThatAreNotTheOnesOfTheManifest() throws Exception {
        Path edited = edited("edited.zip", "tables/orders.copy", text -> text.replaceFirst("paid", "void"));
        assertRefusedUntouched(edited, "export-damaged");
    }

    @Test
    void refusesAnExportOfALaterVersion() throws Exception {
        Path later = edited(
                "later.zip",
                "manifest.json",
                text -> text.replaceFirst("\"schema\" : \"\\d+\"", "\"schema\" : \"9999\""));
        assertRefusedUntouched(later, "export-from-newer-version");
    }

    @Test
    void refusesPartitionsThatAreMoreThanPartitions() throws Exception {
        Path sly = edited(
                "sly.zip",
                "manifest.json",
                text -> text.replaceFirst("FOR VALUES FROM", "default; drop table orders; --"));
        TestDatabase target = TestDatabase.empty();
        assertThatThrownBy(() -> backup(target).load(sly))
                .extracting(BackupTest::code)
                .isEqualTo("export-damaged");
        assertThat(texts(target, "select count(*)::text from orders")).containsExactly("0");
    }

    @Test
    void refusesADatabaseThatHoldsOrders() throws Exception {
        TestDatabase target = TestDatabase.fresh();
        execute(target, "insert into cursor (channel, task, value) values ('shop', 'import-orders', 'mine')");
        assertThatThrownBy(() -> backup(target).load(export))
                .hasMessageContaining("in cursor")
                .extracting(BackupTest::code)
                .isEqualTo("database-not-empty");
        assertThat(texts(target, "select value from cursor")).containsExactly("mine");
        assertThat(texts(target, "select count(*)::text from orders")).containsExactly("0");
    }

    @Test
    void refusesADatabaseThatAServerUses() throws Exception {
        TestDatabase target = TestDatabase.empty();
        Properties server = new Properties();
        server.put("user", target.user());
        server.put("password", target.password());
        server.put("ApplicationName", "waybill");
        try (Connection serving = new org.postgresql.Driver().connect(target.url(), server)) {
            assertThat(serving).isNotNull();
            assertThatThrownBy(() -> backup(target).load(export))
                    .extracting(BackupTest::code)
                    .isEqualTo("database-serves");
        }
    }

    @Test
    void migratesAnOlderExport() throws Exception {
        TestDatabase old = TestDatabase.empty();
        flyway(old).target("6").load().migrate();
        execute(
                old,
                "insert into orders (id, channel, external_id, number, status, currency, cancelled, revision, event_id)"
                        + " values (1, 'shop', 'x1', '#1', 'cancelled', 'USD', true, 1, 2)");
        Path file = backup(old).export(folder.resolve("old.zip")).file();

        TestDatabase target = TestDatabase.empty();
        assertThat(backup(target).load(file).schema()).isEqualTo("6");
        assertThat(texts(target, "select push from orders")).containsExactly("cancelled");
        assertThat(flyway(target).load().info().pending()).isEmpty();
    }

    @Test
    void refusesAnOlderExportWhereNewerTablesAreAlready() throws Exception {
        TestDatabase old = TestDatabase.empty();
        flyway(old).target("6").load().migrate();
        Path file = backup(old).export(folder.resolve("older.zip")).file();
        assertThatThrownBy(() -> backup(TestDatabase.fresh()).load(file))
                .extracting(BackupTest::code)
                .isEqualTo("database-not-empty");
    }

    @Test
    void isForItsOwnerAloneAndOverwritesNothing() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(export)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> backup(source).export(export))
                .extracting(BackupTest::code)
                .isEqualTo("export-exists");
    }

    @Test
    void exportsNoDatabaseWithoutALedger() {
        assertThatThrownBy(() -> backup(TestDatabase.empty()).export(folder.resolve("none.zip")))
                .extracting(BackupTest::code)
                .isEqualTo("nothing-to-export");
        assertThat(folder.resolve("none.zip")).doesNotExist();
        assertThat(folder.resolve("none.zip.part")).doesNotExist();
    }

    private static void assertRefusedUntouched(Path file, String code) throws SQLException {
        TestDatabase target = TestDatabase.empty();
        assertThatThrownBy(() -> backup(target).load(file))
                .extracting(BackupTest::code)
                .isEqualTo(code);
        assertThat(tables(target)).isEmpty();
    }

    private static Path edited(String name, String entry, java.util.function.UnaryOperator<String> edit)
            throws IOException {
        Path copy = folder.resolve(name);
        try (ZipFile from = new ZipFile(export.toFile());
                OutputStream out = Files.newOutputStream(copy);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
                ZipEntry next = all.nextElement();
                byte[] bytes = from.getInputStream(next).readAllBytes();
                to.putNextEntry(new ZipEntry(next.getName()));
                to.write(
                        next.getName().equals(entry)
                                ? edit.apply(new String(bytes)).getBytes()
                                : bytes);
            }
        }
        return copy;
    }

    private static Backup backup(TestDatabase database) {
        return new Backup(Database.open(database.url(), database.user(), database.password(), folder), line -> {});
    }

    private static org.flywaydb.core.api.configuration.FluentConfiguration flyway(TestDatabase database) {
        return Flyway.configure().dataSource(database.dataSource()).locations("classpath:db/migration");
    }

    private static String code(Throwable failure) {
        return ((WaybillException) failure).code().code();
    }

    private static Map<String, List<String>> rows(TestDatabase database) throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : tables(database)) {
            rows.put(table, texts(database, "select t::text from " + table + " t order by 1"));
        }
        return rows;
    }

    private static List<String> tables(TestDatabase database) throws SQLException {
        return texts(
                database,
                "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
                        + " and c.relname <> 'flyway_schema_history' order by 1");
    }

    private static List<String> texts(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return new Catalogue(connection).query(sql, row -> row.getString(1));
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            new Catalogue(connection).execute(sql);
        }
    }
}

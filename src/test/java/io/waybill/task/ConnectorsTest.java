package io.waybill.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestDatabase;
import io.waybill.channel.Channel;
import io.waybill.flow.ChannelCheck;
import io.waybill.flow.Prerequisite;
import io.waybill.flow.Routes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Orders dropped into a folder go into another folder and into a legacy system's tables, which sells by itself too. */
class ConnectorsTest {
    private static final TestDatabase LEGACY = TestDatabase.empty();
    private static final JdbcTemplate TABLES = new JdbcTemplate(LEGACY.dataSource());

    @TempDir
    private static Path folder;

    private static TestServer server;
    private static CuttingProxy line;

    @BeforeAll
    static void start() throws IOException {
        TABLES.execute(
                """
                create table sales (id bigint generated always as identity primary key, key text unique, reference text,
                  number text, body jsonb);
                create table outbox (id bigint primary key, event text)""");
        Files.writeString(folder.resolve("password"), LEGACY.password());
        int port = URI.create(LEGACY.url().substring("jdbc:".length())).getPort();
        line = new CuttingProxy(port);
        settleSoon();
        TestServer.channel(
                folder,
                "drop",
                """
                connector: file
                title: Files that are dropped
                role: marketplace
                settings: { in: "%s" }
                destinations: [folder, legacy]
                """
                        .formatted(folder.resolve("in")));
        TestServer.channel(
                folder,
                "folder",
                """
                connector: file
                title: Files that are written
                role: supplier
                settings: { out: "%s" }
                """
                        .formatted(folder.resolve("out")));
        TestServer.channel(
                folder,
                "legacy",
                """
                connector: database
                title: Legacy tables
                role: erp
                settings:
                  url: "%s"
                  user: "%s"
                  password: "{{file:%s}}"
                  poll: "SELECT id AS cursor, event FROM outbox WHERE id > :?cursor ORDER BY id LIMIT 2"
                  find: "SELECT id FROM sales WHERE key = :?idempotencyKey"
                  create: >-
                    INSERT INTO sales (key, reference, number, body)
                    VALUES (:?idempotencyKey, :?reference, :?number, CAST(:?event AS jsonb)) RETURNING id
                tasks:
                  import-orders: { every: 1s }
                """
                        .formatted(
                                LEGACY.url().replace(":" + port + "/", ":" + line.port() + "/"),
                                LEGACY.user(),
                                folder.resolve("password")));
        TestServer.channel(
                folder,
                "locked",
                """
                connector: database
                title: Tables that let nobody in
                role: erp
                settings: { url: "%s", user: "nobody", poll: "SELECT 1" }
                """
                        .formatted(LEGACY.url()));
        TestServer.channel(
                folder,
                "nowhere",
                """
                connector: file
                title: A folder that is a file
                role: supplier
                settings: { out: "%s" }
                """
                        .formatted(folder.resolve("password").resolve("out")));
        server =
                TestServer.start(folder, "--waybill.task.folders=1s", "--waybill.flow.retries=200ms,500ms,1s,2s,2s,2s");
    }

    /** The shipped connector, but for the half minute that a lost statement may still be at work. */
    private static void settleSoon() throws IOException {
        Path own = Files.createDirectories(folder.resolve("routes/connectors/database"))
                .resolve("connector.yaml");
        String shipped = Files.readString(Path.of("routes/connectors/database/connector.yaml"));
        Files.writeString(own, shipped.replace("settle: 30s", "settle: 1s"));
    }

    @AfterAll
    static void stop() {
        server.close();
        line.close();
    }

    @Test
    void anOrderInAFileReachesAFolderAndATable() {
        drop("one.json", ShopPages.order("F-1", Instant.now()));

        TestServer.await(() -> delivered("F-1") == 2);
        assertThat(folder.resolve("in/done/one.json")).exists();
        assertThat(folder.resolve("in/one.json")).doesNotExist();
        assertThat(TABLES.queryForObject(
                        "select body -> 'order' ->> 'id' from sales where number = '#F-1'", String.class))
                .isEqualTo("F-1");
        String key = TABLES.queryForObject("select key from sales where number = '#F-1'", String.class);
        assertThat(server.ask(
                        String.class,
                        "select l.external_id from lane l join orders o on o.id = l.order_id"
                                + " where o.external_id = 'F-1' and l.channel = 'legacy'"))
                .isEqualTo(TABLES.queryForObject("select id::text from sales where key = ?", String.class, key));
        assertThat(TestServer.files(folder.resolve("out")).map(ConnectorsTest::text))
                .anyMatch(text -> text.contains("\"operation\":\"create-order\"") && text.contains("\"F-1\""));
    }

    @Test
    void theSameFileAgainIsNoSecondOrder() {
        String order = ShopPages.order("F-2", Instant.EPOCH);
        drop("two.json", order);
        TestServer.await(() -> delivered("F-2") == 2);

        drop("two.json", order);

        TestServer.await(() -> Files.exists(folder.resolve("in/done/two-2.json")));
        assertThat(TABLES.queryForObject("select count(*) from sales where number = '#F-2'", Long.class))
                .isOne();
    }

    @Test
    void aFileThatDoesNotReadFailsAlone() {
        drop("bad.json", "{\"type\": ");
        drop("good.json", ShopPages.order("F-3", Instant.now()));

        TestServer.await(() -> delivered("F-3") == 2);
        TestServer.await(() -> Files.exists(folder.resolve("in/failed/bad.json.error.txt")));
        assertThat(folder.resolve("in/failed/bad.json")).exists();
    }

    @Test
    void aLabelIsWrittenAsAPdfBesideItsFile() {
        drop("four.json", ShopPages.order("F-4", Instant.now()));
        TestServer.await(() -> delivered("F-4") == 2);
        String html = Base64.getEncoder().encodeToString("<html><body>To: Ada</body></html>".getBytes());

        drop(
                "label.json",
                """
                {"type": "label", "orderId": "F-4", "id": "l1", "format": "html", "size": "4x6in", "data": "%s"}"""
                        .formatted(html));

        TestServer.await(() -> TestServer.files(folder.resolve("out"))
                .anyMatch(file -> file.toString().endsWith(".pdf") && text(file).startsWith("%PDF")));
    }

    @Test
    void aRowWhoseAnswerWasLostIsFoundAndNotMadeAgain() {
        line.cutAnswersWhile(() -> rows("#F-5") > 0);
        drop("five.json", ShopPages.order("F-5", Instant.now()));
        TestServer.await(() -> attempts("F-5", "ambiguous") == 1);
        assertThat(rows("#F-5")).as("it happened all the same").isOne();
        line.cutAnswersWhile(() -> false);

        TestServer.await(() -> delivered("F-5") == 2);

        assertThat(rows("#F-5")).isOne();
        assertThat(server.ask(
                        String.class,
                        "select l.external_id from lane l join orders o on o.id = l.order_id"
                                + " where o.external_id = 'F-5' and l.channel = 'legacy'"))
                .isEqualTo(TABLES.queryForObject("select id::text from sales where number = '#F-5'", String.class));
    }

    private static long rows(String number) {
        return TABLES.queryForObject("select count(*) from sales where number = ?", Long.class, number);
    }

    private static long attempts(String order, String outcome) {
        return server.ask(
                Long.class,
                "select count(*) from attempt a join orders o on o.id = a.order_id"
                        + " where o.external_id = ? and a.channel = 'legacy' and a.outcome = ?",
                order,
                outcome);
    }

    @Test
    void rowsOfATableBecomeOrdersAndABadOneParksAlone() {
        TABLES.update("insert into outbox values (1, ?)", ShopPages.order("L-1", Instant.now()));
        TABLES.update("insert into outbox values (2, 'no JSON')");
        TABLES.update("insert into outbox values (3, ?)", ShopPages.order("L-3", Instant.now()));

        TestServer.await(() -> server.ask(Long.class, "select count(*) from orders where channel = 'legacy'") == 2
                && server.ask(Long.class, "select count(*) from receipt where channel = 'legacy' and state = 'parked'")
                        == 1);
        assertThat(server.ask(String.class, "select value from cursor where channel = 'legacy'"))
                .isEqualTo("3");
    }

    @Test
    void aCheckLooksWhetherFoldersAndDatabasesCanBeUsed() {
        assertThat(check("legacy")).containsEntry("reachable", Prerequisite.State.OK);
        assertThat(check("locked")).containsEntry("access", Prerequisite.State.PROBLEM);
        assertThat(check("drop")).containsEntry("folder in", Prerequisite.State.OK);
        assertThat(check("folder")).containsEntry("folder out", Prerequisite.State.OK);
        assertThat(check("nowhere")).containsEntry("access", Prerequisite.State.PROBLEM);
    }

    private static Map<String, Prerequisite.State> check(String name) {
        Channel channel = server.bean(Routes.class).bundle().channel(name).orElseThrow();
        return server.bean(ChannelCheck.class).of(channel).stream()
                .collect(Collectors.toMap(Prerequisite::what, Prerequisite::state));
    }

    private static long delivered(String order) {
        return server.ask(
                Long.class,
                "select count(*) from delivery d join orders o on o.id = d.order_id"
                        + " where o.external_id = ? and d.operation = 'create-order' and d.state = 'delivered'",
                order);
    }

    private static void drop(String name, String text) {
        try {
            Path in = Files.createDirectories(folder.resolve("in"));
            Files.writeString(in.resolve(name), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}

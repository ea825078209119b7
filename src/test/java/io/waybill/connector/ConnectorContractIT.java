package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connector.ConnectorCase.Part;
import io.waybill.connector.Simulator.Fault;
import io.waybill.ledger.Runs;
import io.waybill.order.EventJson;
import io.waybill.server.FakeStore;
import io.waybill.server.TestServer;
import io.waybill.task.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What every connector promises, tried on all of them, on one server. Each has four channels: {@code <c>-src} polls the source
 * and gives its orders to {@code <c>-sink}; {@code <c>-feed} gives orders to {@code <c>-dst}; {@code <c>-bulk} polls the source
 * for nobody.
 */
class ConnectorContractIT {
    private static final Duration SOON = Duration.ofSeconds(Long.getLong("connector.patience", 60));
    private static final AtomicInteger NUMBER = new AtomicInteger(7000);

    @TempDir
    static Path folder;

    private static final List<Subject> SUBJECTS = new ArrayList<>();
    private static TestServer server;

    /** One connector with its channels. */
    private record Subject(ConnectorCase system, FakeStore sink) {
        String channel(String kind) {
            return system.name() + "-" + kind;
        }

        boolean can(Part part) {
            return system.parts().contains(part);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> files = new LinkedHashMap<>();
        for (ConnectorCase system : cases()) {
            Subject subject = new Subject(system, new FakeStore(true));
            SUBJECTS.add(subject);
            files.putAll(channels(subject));
        }
        server = TestServer.start(folder, files);
    }

    @AfterAll
    static void stop() {
        server.close();
        SUBJECTS.forEach(subject -> {
            subject.sink().close();
            subject.system().source().close();
            subject.system().destination().close();
        });
    }

    /** Every {@code *Case} of this package that is not abstract. {@code -Dconnector=<name>,<name>} tries some alone. */
    private static List<ConnectorCase> cases() throws Exception {
        List<ConnectorCase> cases = new ArrayList<>();
        for (var resource :
                new PathMatchingResourcePatternResolver().getResources("classpath*:io/waybill/connector/*Case.class")) {
            String name = String.valueOf(resource.getFilename()).replace(".class", "");
            Class<?> type = Class.forName("io.waybill.connector." + name);
            if (!java.lang.reflect.Modifier.isAbstract(type.getModifiers())) {
                var constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                cases.add((ConnectorCase) constructor.newInstance());
            }
        }
        String only = System.getProperty("connector");
        cases.removeIf(one -> {
            boolean goes = only != null && !List.of(only.split(",")).contains(one.connector());
            if (goes) {
                one.source().close();
                one.destination().close();
            }
            return goes;
        });
        return cases;
    }

    private static Map<String, String> channels(Subject subject) throws IOException {
        ConnectorCase system = subject.system();
        Map<String, String> files = new LinkedHashMap<>(ownFiles(system));
        String all =
                "send: [lines, customer, shippingAddress, billingAddress, payments, shipping, taxes, totals, discounts, note, attributes, tags]\n";
        String source = settings(subject, system.source(), "src");
        files.put(
                file(subject, "src"),
                channel(system, "marketplace", source) + "destinations: [" + subject.channel("sink") + "]\n");
        files.put(file(subject, "bulk"), channel(system, "marketplace", source) + "destinations: []\n");
        files.put(
                file(subject, "sink"),
                "connector: http\nrole: erp\nsettings: { url: \""
                        + subject.sink().url() + "\" }\n" + all);
        files.put(
                file(subject, "dst"),
                channel(system, "platform", settings(subject, system.destination(), "dst"))
                        + all
                        + (subject.can(Part.REFUNDS) ? "policies: { refunds: true }\n" : "")
                        + (subject.can(Part.STOCK)
                                ? "tasks: { write-inventory: { every: 1h, enabled: false, from: "
                                        + subject.channel("src") + " } }\n"
                                : ""));
        files.put(
                file(subject, "feed"),
                "connector: http\nrole: marketplace\ndestinations: [" + subject.channel("dst") + "]\n");
        return files;
    }

    /** The files of a connector that does not come with the program, as ops have theirs. */
    private static Map<String, String> ownFiles(ConnectorCase system) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        if (!system.folder().startsWith("routes")) {
            try (Stream<Path> all = Files.walk(system.folder())) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(
                            "connectors/" + system.connector() + "/"
                                    + system.folder().relativize(file),
                            Files.readString(file));
                }
            }
        }
        return files;
    }

    private static String file(Subject subject, String kind) {
        return "channels/" + subject.channel(kind) + ".yaml";
    }

    /** The stand-ins can bear more than the real ones. */
    private static String channel(ConnectorCase system, String role, String settings) {
        return "connector: " + system.connector() + "\nrole: " + role + "\nlimits: { rate: 1000/s, concurrency: 8 }\n"
                + settings;
    }

    /** Secrets go into files, as lint wants it. */
    private static String settings(Subject subject, Simulator of, String kind) throws IOException {
        JsonNode declared = new com.fasterxml.jackson.dataformat.yaml.YAMLMapper()
                .readTree(Files.readString(subject.system().folder().resolve("connector.yaml")))
                .path("settings");
        StringBuilder yaml = new StringBuilder("settings:\n");
        for (Map.Entry<String, String> setting : subject.system().settings(of).entrySet()) {
            String value = setting.getValue();
            if (declared.path(setting.getKey()).path("secret").asBoolean()) {
                Path file = folder.resolve(subject.channel(kind) + "-" + setting.getKey());
                Files.writeString(file, value);
                value = "{{file:" + file + "}}";
            }
            yaml.append("  ")
                    .append(setting.getKey())
                    .append(": ")
                    .append(EventJson.MAPPER.<JsonNode>valueToTree(value))
                    .append('\n');
        }
        return yaml.toString();
    }

    @TestFactory
    Stream<DynamicContainer> everyConnectorKeepsTheContract() {
        return SUBJECTS.stream()
                .map(subject -> dynamicContainer(subject.system().name(), tests(subject)));
    }

    private Stream<DynamicTest> tests(Subject subject) {
        List<DynamicTest> tests = new ArrayList<>();
        add(
                tests,
                subject,
                Part.POLLS,
                "an order arrives as its sample says",
                () -> anOrderArrivesAsItsSampleSays(subject));
        add(
                tests,
                subject,
                Part.POLLS,
                "orders that move under the poll are all there",
                () -> noneOfManyIsLost(subject));
        add(
                tests,
                subject,
                Part.WEBHOOK,
                "a signed webhook counts, another does not",
                () -> onlySignedWebhooksCount(subject));
        add(
                tests,
                subject,
                Part.WEBHOOK,
                "webhooks in another order, and a shop that does not answer about one",
                () -> webhooksMayOvertakeEachOther(subject));
        add(tests, subject, Part.CREATES, "an order there keeps what it should", () -> anOrderKeepsItsFields(subject));
        add(
                tests,
                subject,
                Part.CREATES,
                "a lost answer makes no second order",
                () -> aLostAnswerMakesNoSecondOrder(subject));
        add(
                tests,
                subject,
                Part.CREATES,
                "a slow answer holds up nobody else",
                () -> aSlowAnswerHoldsUpNobodyElse(subject));
        add(tests, subject, Part.CANCELS, "a cancelled order is cancelled there", () -> aCancellationArrives(subject));
        add(tests, subject, Part.SHIPS, "shipments in part, then whole", () -> shipmentsArriveInPartThenWhole(subject));
        add(tests, subject, Part.SHIPS_WHOLE, "a shipment", () -> aWholeShipmentArrives(subject));
        add(
                tests,
                subject,
                Part.KNOWS_ARTICLES,
                "an unknown article waits for its name",
                () -> anUnknownArticleWaits(subject));
        add(
                tests,
                subject,
                Part.LIMITS,
                "too many requests are no failure",
                () -> tooManyRequestsAreNoFailure(subject));
        add(
                tests,
                subject,
                Part.LOCKS,
                "bad credentials stop the channel until they are right",
                () -> badCredentialsStop(subject));
        subject.system()
                .own()
                .forEach((name, test) -> tests.add(dynamicTest(name, () -> test.run(server, subject::channel))));
        add(tests, subject, Part.PRODUCTS, "its articles are known", () -> articlesAreKnown(subject));
        add(tests, subject, Part.STOCK, "stock is written where it changed", () -> changedStockIsWritten(subject));
        add(tests, subject, Part.REFUNDS, "a refund is noted once", () -> aRefundIsNotedOnce(subject));
        add(tests, subject, Part.REGISTERS, "webhooks are made once", () -> webhooksAreMadeOnce(subject));
        add(tests, subject, Part.CHECKS, "check says whether it can be used", () -> checkSays(subject));
        tests.add(dynamicTest("nothing was asked that the system does not have", () -> assertThat(Stream.concat(
                        subject.system().source().violations().stream(),
                        subject.system().destination().violations().stream()))
                .isEmpty()));
        return tests.stream();
    }

    private static void add(List<DynamicTest> tests, Subject subject, Part part, String name, Executable test) {
        boolean replaced = part == Part.SHIPS_WHOLE && subject.can(Part.SHIPS);
        if (subject.can(part) && !replaced) {
            tests.add(dynamicTest(name, test));
        }
    }

    private void anOrderArrivesAsItsSampleSays(Subject subject) throws IOException {
        Path samples = subject.system().folder().resolve("samples");
        subject.system().sellSample(EventJson.tree(Files.readAllBytes(samples.resolve("rich.in.json"))));
        JsonNode out = EventJson.tree(Files.readAllBytes(samples.resolve("rich.out.json")));
        JsonNode expected =
                EventJson.tree(EventJson.read(out.isArray() ? out.get(0) : out)).path("order");

        poll(subject, "src");

        JsonNode order = await().atMost(SOON)
                .until(() -> arrived(subject, expected.path("id").asText()), o -> o != null);
        // What a channel adds of its own, and what only the order's home has.
        List<String> ours = List.of("number", "reference", "version", "url", "updatedAt");
        expected.properties().stream()
                .filter(member -> !ours.contains(member.getKey())
                        && !member.getValue().isEmpty() | member.getValue().isValueNode())
                .forEach(member -> assertThat(canonical(order.path(member.getKey())))
                        .as(member.getKey())
                        .isEqualTo(canonical(member.getValue())));
    }

    /** Amounts with and without trailing zeros are the same. */
    private static String canonical(JsonNode node) {
        return node.toString()
                .replaceAll("\"(-?\\d+)\\.0+\"", "\"$1\"")
                .replaceAll("\"(-?\\d+\\.\\d*?[1-9])0+\"", "\"$1\"");
    }

    private static JsonNode arrived(Subject subject, String id) {
        return subject.sink().requests("create-order").stream()
                .map(request -> request.body().at("/event/order"))
                .filter(order -> order.path("id").asText().equals(id))
                .findFirst()
                .orElse(null);
    }

    private void noneOfManyIsLost(Subject subject) {
        Instant base = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(3, ChronoUnit.HOURS);
        ConnectorCase system = subject.system();
        String sku = "MANY-" + system.connector();
        system.article(sku);
        // Some share a second: a page may end in the middle of it.
        int many = system.many();
        for (int i = 0; i < many; i++) {
            system.sell(manyId(i), sku, base.plusSeconds(i / 7));
        }
        AtomicInteger pages = new AtomicInteger();
        system.afterPage(() -> {
            int page = pages.incrementAndGet();
            if (page <= 5) {
                system.touch(manyId(page * 100 + 50), Instant.now().truncatedTo(ChronoUnit.SECONDS));
                system.touch(manyId(page), Instant.now().truncatedTo(ChronoUnit.SECONDS));
            }
            if (page == 1 || page == 4) {
                system.source().next(system.source().likeLast(), page == 1 ? Fault.DOWN : Fault.REFUSE);
            }
        });

        // The second page is not answered, and one that was asked for later is none any more: the next run goes on.
        for (int runs = 0; runs < 5 && !polled(subject, "bulk").state().equals("done"); runs++) {
            assertThat(pages).hasPositiveValue();
        }
        system.afterPage(() -> {});
        system.source().calm();
        poll(subject, "bulk");

        await().atMost(SOON.multipliedBy(4)).untilAsserted(() -> assertThat(count(
                        "select count(*) from orders where channel = ? and external_id = any(?)",
                        subject.channel("bulk"),
                        java.util.stream.IntStream.range(0, many)
                                .mapToObj(ConnectorContractIT::manyId)
                                .toArray(String[]::new)))
                .isEqualTo(many));
    }

    /** Ids that every system can have: digits. */
    static String manyId(int i) {
        return String.valueOf(100_000 + i);
    }

    private void onlySignedWebhooksCount(Subject subject) {
        String id = next();
        subject.system().article("HOOK-1");
        subject.system().sell(id, "HOOK-1", Instant.now());
        ConnectorCase.Webhook message = subject.system().webhook(id);
        String[] headers = message.headers().toArray(String[]::new);
        ConnectorCase.Webhook forged = subject.system().forged(message);

        assertThat(server.webhook(
                                subject.channel("src"),
                                forged.body(),
                                forged.headers().toArray(String[]::new))
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.webhook(subject.channel("src"), message.body(), headers)
                        .statusCode())
                .isEqualTo(202);
        assertThat(server.webhook(subject.channel("src"), message.body(), headers)
                        .statusCode())
                .isEqualTo(200);

        await().atMost(SOON).until(() -> arrived(subject, id) != null);
        assertThat(subject.sink().orders().stream()
                        .filter(order -> order.sourceId().equals(id)))
                .hasSize(1);
    }

    /** Where a message only names its order, the order is asked for again until the source answers. */
    private void webhooksMayOvertakeEachOther(Subject subject) {
        String id = next();
        Instant changed = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        subject.system().sell(id, "HOOK-1", changed.minusSeconds(60));
        ConnectorCase.Webhook older = subject.system().webhook(id);
        subject.system().touch(id, changed);
        ConnectorCase.Webhook newer = subject.system().webhook(id);
        subject.system().source().next(request -> true, Fault.DOWN);
        for (ConnectorCase.Webhook message : List.of(newer, older)) {
            // Messages that only name their order may be the same one.
            assertThat(server.webhook(
                                    subject.channel("src"),
                                    message.body(),
                                    message.headers().toArray(String[]::new))
                            .statusCode())
                    .isIn(200, 202);
        }
        await().atMost(SOON).until(() -> arrived(subject, id) != null);
        subject.system().source().calm();
        await().atMost(SOON)
                .until(() -> count(
                                "select count(*) from receipt where channel = ? and due_at is not null",
                                subject.channel("src"))
                        == 0);
        assertThat(count(
                        "select count(*) from orders where channel = ? and external_id = ? and source_updated >= ?",
                        subject.channel("src"),
                        id,
                        java.sql.Timestamp.from(changed)))
                .as("its newest state")
                .isEqualTo(1);
    }

    private void aSlowAnswerHoldsUpNobodyElse(Subject subject) {
        Simulator there = subject.system().destination();
        there.next(subject.system()::isCreate, Fault.SLOW);
        JsonNode slow = feed(subject, "SLOW-1");
        await().atMost(SOON).until(() -> there.held() == 1);
        linked(subject, feed(subject, "SLOW-1"));
        there.release();
        linked(subject, slow);
        assertThat(subject.system().created(slow.path("number").asText())).hasSize(1);
    }

    private void anOrderKeepsItsFields(Subject subject) {
        JsonNode order = feed(subject, "KEEP-1");
        String there = linked(subject, order);
        Map<String, String> kept = subject.system().kept(there);
        assertThat(kept).isNotEmpty();
        kept.forEach((pointer, value) -> assertThat(amount(value))
                .as(pointer)
                .isEqualTo(amount(order.at(pointer).asText())));
    }

    private static String amount(String text) {
        return text.matches("-?\\d+\\.\\d+")
                ? new java.math.BigDecimal(text).stripTrailingZeros().toPlainString()
                : text;
    }

    private void aLostAnswerMakesNoSecondOrder(Subject subject) {
        subject.system().destination().next(subject.system()::isCreate, Fault.CUT_AFTER);
        JsonNode order = feed(subject, "LOST-1");
        linked(subject, order);
        subject.system().destination().next(subject.system()::isCreate, Fault.FAIL_AFTER);
        JsonNode second = feed(subject, "LOST-1");
        linked(subject, second);
        for (JsonNode one : List.of(order, second)) {
            assertThat(subject.system().created(one.path("number").asText())).hasSize(1);
        }
    }

    private void aCancellationArrives(Subject subject) {
        JsonNode order = feed(subject, "GONE-1");
        String there = linked(subject, order);
        server.webhook(
                subject.channel("feed"),
                """
                {"type": "cancellation", "orderId": "%s", "id": "c-%1$s", "by": "customer", "reason": "changed mind"}"""
                        .formatted(order.path("id").asText()));
        await().atMost(SOON).until(() -> subject.system().isCancelled(there));
        await().atMost(SOON).until(() -> deliveries(subject, "dst", "cancel-order", "delivered") > 0);
    }

    private void shipmentsArriveInPartThenWhole(Subject subject) {
        String id = sold(subject, "SHIP-1");
        ship(subject, id, "s1-" + id, "TRACK1" + id, 1);
        await().atMost(SOON).until(() -> subject.system().tracking(id).contains("TRACK1" + id));
        assertThat(subject.system().isShippedWhole(id)).isFalse();
        ship(subject, id, "s2-" + id, "TRACK2" + id, 1);
        await().atMost(SOON).until(() -> subject.system().isShippedWhole(id));
        await().atMost(SOON).until(() -> subject.system().tracking(id), list -> list.size() == 2);
    }

    private void aWholeShipmentArrives(Subject subject) {
        String id = sold(subject, "SHIP-1");
        ship(subject, id, "s1-" + id, "TRACK1" + id, 2);
        await().atMost(SOON).until(() -> subject.system().isShippedWhole(id));
        assertThat(subject.system().tracking(id)).containsExactly("TRACK1" + id);
    }

    private String sold(Subject subject, String sku) {
        String id = next();
        subject.system().article(sku);
        subject.system().sell(id, sku, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        poll(subject, "src");
        await().atMost(SOON).until(() -> arrived(subject, id) != null);
        return id;
    }

    /** The sink, which has the order, tells of a shipment of it. */
    private static void ship(Subject subject, String id, String shipment, String tracking, int quantity) {
        JsonNode order = arrived(subject, id);
        await().atMost(SOON).until(() -> deliveries(subject, "sink", "create-order", "waiting") == 0);
        String there = subject.sink().orders().stream()
                .filter(o -> o.sourceId().equals(id))
                .findFirst()
                .orElseThrow()
                .id();
        server.webhook(
                subject.channel("sink"),
                """
                {"type": "shipment", "orderId": "%s", "id": "%s", "at": "%s", "carrier": "UPS", "trackingNumber": "%s",
                 "lines": [{"id": "%s", "quantity": %d}]}"""
                        .formatted(
                                there,
                                shipment,
                                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                                tracking,
                                order.at("/lines/0/id").asText(),
                                quantity));
    }

    private void anUnknownArticleWaits(Subject subject) {
        JsonNode order = feed(subject, null);
        String sku = order.at("/lines/0/sku").asText();
        JsonNode delivery = await().atMost(SOON)
                .until(
                        () -> server.get("/api/deliveries?reason=awaiting-mapping&channel=" + subject.channel("dst"))
                                .path("items"),
                        items -> !items.isEmpty())
                .get(0);
        assertThat(subject.system().created(order.path("number").asText())).isEmpty();
        subject.system().article(sku);
        server.call("POST", "/api/deliveries/" + delivery.path("id").asText() + "/retry", null);
        linked(subject, order);
    }

    private void tooManyRequestsAreNoFailure(Subject subject) {
        subject.system().destination().next(request -> true, Fault.BUSY);
        JsonNode order = feed(subject, "BUSY-1");
        linked(subject, order);
        assertThat(subject.system().created(order.path("number").asText())).hasSize(1);
        if (subject.can(Part.POLLS)) {
            subject.system().source().next(request -> true, Fault.BUSY);
            // A system that says when to come back is waited for, another is asked by the next run.
            Runs.Run run = polled(subject, "src");
            assertThat(run.state().equals("done") || "busy".equals(run.errorCode()))
                    .as(String.valueOf(run))
                    .isTrue();
            subject.system().source().calm();
            poll(subject, "src");
        }
    }

    private void badCredentialsStop(Subject subject) {
        subject.system().destination().lock(true);
        JsonNode order = feed(subject, "LOCK-1");
        await().atMost(SOON)
                .until(() -> count(
                                "select count(*) from delivery where channel = ? and state = 'waiting' and error_code in ('circuit', 'channel-down')",
                                subject.channel("dst"))
                        > 0);
        assertThat(count(
                        "select count(*) from delivery where channel = ? and state = 'failed'", subject.channel("dst")))
                .isZero();
        subject.system().destination().lock(false);
        linked(subject, order);
    }

    private void articlesAreKnown(Subject subject) {
        String sku = "ART-" + next();
        subject.system().article(sku);
        run(subject, "src", "import-products");
        String query = "?channel=" + subject.channel("src") + "&sku=" + sku;
        JsonNode items = server.get("/api/products" + query).path("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("productId").asText()).isNotEmpty();
        Runs.Run again = run(subject, "src", "import-products");
        assertThat(again.summary().stored()).as("nothing changed").isZero();
    }

    private void changedStockIsWritten(Subject subject) {
        String first = "STOCK-" + next();
        String second = "STOCK-" + next();
        for (String sku : List.of(first, second)) {
            subject.system().article(sku);
            subject.system().stock(sku, 7);
        }
        run(subject, "dst", "write-inventory");
        assertThat(subject.system().stocked(first)).isEqualTo(7);
        assertThat(subject.system().stocked(second)).isEqualTo(7);
        subject.system().stock(second, 3);
        Runs.Run again = run(subject, "dst", "write-inventory");
        assertThat(subject.system().stocked(second)).isEqualTo(3);
        assertThat(again.summary().stored()).isEqualTo(1);
        assertThat(server.get("/api/stock?channel=" + subject.channel("src") + "&sku=" + second)
                        .at("/items/0/quantity")
                        .asLong())
                .isEqualTo(3);
    }

    private void aRefundIsNotedOnce(Subject subject) {
        JsonNode order = feed(subject, "BACK-1");
        String there = linked(subject, order);
        String event =
                """
                {"type": "return", "orderId": "%s", "id": "r-%1$s", "reason": "broken", "refund": "12.50",
                 "lines": [{"id": "1", "quantity": 1}]}"""
                        .formatted(order.path("id").asText());
        server.webhook(subject.channel("feed"), event);
        await().atMost(SOON).until(() -> subject.system().refunds(there), amounts -> !amounts.isEmpty());
        server.webhook(subject.channel("feed"), event, "webhook-id", "again-" + there);
        await().atMost(SOON).until(() -> count("select count(*) from receipt where due_at is not null") == 0);
        assertThat(subject.system().refunds(there)).containsExactly("12.50");
    }

    private void webhooksAreMadeOnce(Subject subject) {
        run(subject, "src", "register-webhooks");
        int made = subject.system().registered();
        assertThat(made).isPositive();
        run(subject, "src", "register-webhooks");
        assertThat(subject.system().registered()).isEqualTo(made);
    }

    private void checkSays(Subject subject) {
        JsonNode findings = check(subject).getMessage().getBody(JsonNode.class);
        assertThat(findings).isNotEmpty();
        findings.forEach(finding -> {
            assertThat(finding.path("what").asText()).isNotEmpty();
            assertThat(finding.path("state").asText()).isIn("ok", "warning", "problem");
        });
        subject.system().source().lock(true);
        var refused = check(subject);
        subject.system().source().lock(false);
        assertThat(refused.getException() != null
                        || refused.getMessage()
                                .getBody(JsonNode.class)
                                .toString()
                                .contains("problem"))
                .isTrue();
    }

    private static org.apache.camel.Exchange check(Subject subject) {
        String channel = subject.channel("src");
        return server.bean(io.waybill.flow.Routes.class).request("direct:" + channel + "-check", e -> {
            e.setVariable("channel", channel);
            e.setVariable("operation", "check");
        });
    }

    private static void poll(Subject subject, String kind) {
        run(subject, kind, "import-orders");
    }

    /** A poll that may fail. */
    private static Runs.Run polled(Subject subject, String kind) {
        return server.bean(TaskRunner.class).run(subject.channel(kind), "import-orders", "test");
    }

    private static Runs.Run run(Subject subject, String kind, String task) {
        Runs.Run run = server.bean(TaskRunner.class).run(subject.channel(kind), task, "test");
        assertThat(run.state()).as(String.valueOf(run)).isEqualTo("done");
        return run;
    }

    /** An order of two pieces for the destination. Without an SKU it names an article that nobody knows. */
    private static JsonNode feed(Subject subject, String sku) {
        String id = next();
        if (sku != null) {
            subject.system().article(sku);
        }
        ObjectNode order = (ObjectNode) EventJson.tree(ORDER.getBytes(UTF_8)).deepCopy();
        order.put("id", id).put("number", "#" + id);
        ((ObjectNode) order.at("/lines/0")).put("sku", sku == null ? "NEW-" + id : sku);
        ObjectNode event = EventJson.MAPPER.createObjectNode().put("type", "order");
        event.set("order", order);
        assertThat(server.webhook(subject.channel("feed"), event.toString()).statusCode())
                .isEqualTo(202);
        return order;
    }

    private static final String ORDER =
            """
            {"id": "?", "number": "?", "placedAt": "2026-11-20T10:11:12Z", "updatedAt": "2026-11-20T10:11:12Z",
             "status": "paid", "paymentStatus": "paid", "currency": "USD",
             "customer": {"id": "77", "name": "Ada Example", "email": "ada@example.com", "phone": "+15550100"},
             "shippingAddress": {"name": "Ada Example", "company": "Example Ltd", "line1": "1 Main St", "line2": "Floor 2",
               "city": "Austin", "region": "TX", "postcode": "78701", "country": "US", "phone": "+15550100"},
             "billingAddress": {"name": "Ada Example", "line1": "2 Side St", "city": "Albany", "region": "NY",
               "postcode": "12207", "country": "US"},
             "lines": [{"id": "1", "sku": "?", "title": "Blue mug", "quantity": 2, "price": "12.50", "discount": "1.00", "tax": "0.00"}],
             "shipping": {"method": "Standard", "price": "4.90", "tax": "0.00"},
             "totals": {"lines": "25.00", "discount": "1.00", "shipping": "4.90", "tax": "0.00", "total": "28.90"},
             "note": "Leave at door"}""";

    private static String next() {
        return String.valueOf(NUMBER.incrementAndGet());
    }

    /** Its id at the destination, once it has one. */
    private static String linked(Subject subject, JsonNode order) {
        return await().atMost(SOON)
                .until(
                        () -> new JdbcTemplate(server.bean(DataSource.class))
                                .queryForList(
                                        "select l.external_id from lane l join orders o on o.id = l.order_id"
                                                + " where l.channel = ? and o.external_id = ? and l.external_id is not null",
                                        String.class,
                                        subject.channel("dst"),
                                        order.path("id").asText()),
                        ids -> !ids.isEmpty())
                .get(0);
    }

    private static long deliveries(Subject subject, String kind, String operation, String state) {
        return count(
                "select count(*) from delivery where channel = ? and operation = ? and state = ?",
                subject.channel(kind),
                operation,
                state);
    }

    private static long count(String sql, Object... parameters) {
        return new JdbcTemplate(server.bean(DataSource.class)).queryForObject(sql, Long.class, parameters);
    }
}

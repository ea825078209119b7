package io.waybill.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.waybill.order.EventJson;
import io.waybill.server.FakeStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own: steered by the JDK's own remote client over RMI with a password, followed by its traces and its log. */
class WatchedProcessIT {
    private static final String PERSON = "Ada Planted-Person";
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String NOISY =
            """
            # contract: 1
            - routeTemplate:
                id: "noisy-create-order"
                description: "Says that an order came and takes it"
                parameters:
                  - name: "channel"
                route:
                  description: "Says that an order came and takes it"
                  routeConfigurationId: "ledger"
                  from:
                    uri: "direct:{{channel}}-create-order"
                    steps:
                      - log:
                          id: "say"
                          loggingLevel: "WARN"
                          logName: "ops.noisy"
                          message: "An order came"
            """;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path folder;

    private static FakeStore store;
    private static FakeStore fussy;
    private static HttpServer source;
    private static ServerProcess server;
    private static TraceCollector collector;
    private static JMXConnector connector;
    private static MBeanServerConnection jmx;

    @BeforeAll
    static void start() throws Exception {
        store = new FakeStore(true);
        fussy = new FakeStore(true);
        source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        source.createContext("/", exchange -> {
            byte[] none = "[]".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, none.length);
            exchange.getResponseBody().write(none);
            exchange.close();
        });
        source.start();
        edit("channels/shop.yaml", shop("store"));
        edit("channels/shop-fussy.yaml", shop("fussy"));
        edit("channels/shop-lost.yaml", shop("lost"));
        edit("channels/store.yaml", destination(store.url()));
        edit("channels/fussy.yaml", destination(fussy.url()));
        edit("channels/lost.yaml", destination("http://127.0.0.1:1/"));
        edit(
                "channels/polled.yaml",
                "connector: http\ntitle: Polled\nrole: marketplace\nsettings: { pollUrl: \"http://127.0.0.1:"
                        + source.getAddress().getPort() + "/\" }\n");
        edit("channels/shop-noisy.yaml", shop("noisy"));
        edit("channels/noisy.yaml", "connector: noisy\ntitle: Noisy\nrole: erp\n");
        edit(
                "connectors/noisy/connector.yaml",
                "contract: 1\nname: noisy\ntitle: Noisy\ndescription: Says what it gets\nsettings: { }\n");
        edit("connectors/noisy/create-order.camel.yaml", NOISY);
        collector = new TraceCollector();
        server = ServerProcess.start(
                folder, Map.of("WAYBILL_OTLP_ENDPOINT", collector.url(), "WAYBILL_LOG_FORMAT", "json"));
        connector = server.connect(ServerProcess.PASSWORD);
        jmx = connector.getMBeanServerConnection();
    }

    @AfterAll
    static void stop() throws Exception {
        connector.close();
        server.close();
        collector.close();
        store.close();
        fussy.close();
        source.stop(0);
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        assertThatThrownBy(() -> server.connect("guessed")).isInstanceOf(SecurityException.class);
    }

    @Test
    void showsTheNamesThatNeverChange() throws Exception {
        assertThat(jmx.queryNames(new ObjectName("io.waybill:*"), null).stream().map(ObjectName::getCanonicalName))
                .contains(
                        "io.waybill:type=Flow",
                        "io.waybill:type=Routes",
                        "io.waybill:name=shop,type=Channel",
                        "io.waybill:name=store,type=Channel");
        assertThat(attributes("type=Channel,name=store"))
                .contains(
                        "Backlog",
                        "OldestWaitingSeconds",
                        "Delivered",
                        "Failed",
                        "Withheld",
                        "Paused",
                        "Circuit",
                        "LastReceived",
                        "LastDelivered");
        assertThat(attributes("type=Flow")).contains("ReceiptsWaiting", "ImportRate", "InboxWaiting");
        assertThat(attributes("type=Routes")).contains("Deployment", "LastDeployError");
    }

    @Test
    void answersEveryAttributeAndExplainsIt() throws Exception {
        for (ObjectName name : jmx.queryNames(new ObjectName("io.waybill:*"), null)) {
            for (MBeanAttributeInfo attribute : jmx.getMBeanInfo(name).getAttributes()) {
                assertThat(jmx.getAttribute(name, attribute.getName()))
                        .as(name + " " + attribute.getName())
                        .isNotNull();
                assertThat(attribute.getDescription())
                        .as(name + " " + attribute.getName())
                        .contains(" ");
            }
        }
    }

    @Test
    void holdsAChannelBackWhileItsSourceIsStillServed() throws Exception {
        ChannelMXBean channel = channel("store");
        Queue<Notification> heard = listen("type=Channel,name=store");
        assertThat(channel.pause()).isTrue();
        assertThat(channel.isPaused()).isTrue();
        await().atMost(SOON).until(() -> types(heard).contains(MBeans.CHANNEL_PAUSED));

        String id = order("shop");
        await().atMost(SOON).until(() -> channel.getBacklog() == 1);
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> !has(store, id));

        assertThat(channel.resume()).isTrue();
        await().atMost(SOON).until(() -> has(store, id));
        await().atMost(SOON).until(() -> types(heard).contains(MBeans.CHANNEL_RESUMED));
        await().atMost(SOON).until(() -> channel.getBacklog() == 0 && channel.getDelivered() >= 1);
        assertThat(Instant.parse(channel.getLastDelivered()))
                .isAfter(Instant.now().minusSeconds(120));
        assertThat(server.get("/api/audit?by=jmx").body()).contains("pause", "resume", "channel store");
    }

    @Test
    void retriesWhatStandsFailed() throws Exception {
        ChannelMXBean channel = channel("fussy");
        String id = nextId();
        fussy.next(id, FakeStore.Fault.REFUSE);
        post("shop-fussy", id);
        await().atMost(SOON).until(() -> channel.getFailed() == 1);
        assertThat(channel.retryFailed()).isEqualTo(1);
        await().atMost(SOON).until(() -> has(fussy, id));
        await().atMost(SOON).until(() -> channel.getFailed() == 0);
    }

    @Test
    void tellsWhenAChannelIsDown() throws Exception {
        Queue<Notification> heard = listen("type=Channel,name=lost");
        order("shop-lost");
        await().atMost(SOON).until(() -> types(heard).contains(MBeans.CIRCUIT_OPEN));
        assertThat(channel("lost").getCircuit()).isIn("open", "half-open");
        assertThat(flow().getCircuitsOpen()).isEqualTo(1);
        assertThat(server.get("/actuator/health").body()).contains("DEGRADED", "lost");
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    void runsATaskAndSaysWhyItCannot() throws Exception {
        assertThat(channel("polled").runTask("import-orders")).isPositive();
        assertThatThrownBy(() -> channel("store").runTask("import-orders"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("import-orders");
    }

    @Test
    void bringsAndDropsAChannelsMBeanWithItsFile() throws Exception {
        ObjectName name = name("type=Channel,name=brief");
        Path file = edit("channels/brief.yaml", destination("http://127.0.0.1:1/"));
        assertThat(routes().reload()).startsWith("switched to generation");
        assertThat(jmx.isRegistered(name)).isTrue();
        Files.delete(file);
        routes().reload();
        assertThat(jmx.isRegistered(name)).isFalse();
    }

    @Test
    void tellsWhyAnEditWasRefusedAndServesOn() throws Exception {
        Queue<Notification> heard = listen("type=Routes");
        String before = routes().getDeployment();
        Path file = edit("channels/broken.yaml", "connector: http\ntitle: Broken\nrole: emperor\n");
        try {
            assertThat(routes().reload()).startsWith("refused").contains("channels/broken.yaml:3");
            assertThat(routes().getLastDeployError()).contains("channels/broken.yaml:3");
            assertThat(routes().getDeployment()).isEqualTo(before);
            assertThat(routes().isDrift()).isTrue();
            await().atMost(SOON).until(() -> types(heard).contains(MBeans.DEPLOY_REFUSED));
            String id = order("shop");
            await().atMost(SOON).until(() -> has(store, id));
        } finally {
            Files.delete(file);
            routes().reload();
        }
        assertThat(routes().getLastDeployError()).isEmpty();
    }

    @Test
    void goesBackToTheVersionBefore() throws Exception {
        Path file = edit("channels/later.yaml", destination("http://127.0.0.1:1/"));
        String before = routes().getDeployment();
        routes().reload();
        assertThat(routes().rollback()).contains(before);
        assertThat(routes().getChannels()).doesNotContain("later");
        Files.delete(file);
        routes().reload();
    }

    @Test
    void followsAMessageFromItsArrivalToItsDelivery() throws Exception {
        String id = order("shop");
        TraceCollector.Seen delivered = await().atMost(SOON).until(() -> delivery(id), Objects::nonNull);
        await().atMost(SOON)
                .until(() -> names(delivered.trace()).containsAll(List.of("receive shop", "read shop", "decide shop")));
        TraceCollector.Seen first = collector.spans().stream()
                .filter(span ->
                        span.name().equals("receive shop") && span.trace().equals(delivered.trace()))
                .findFirst()
                .orElseThrow();
        assertThat(first.parent()).isEmpty();
        assertThat(delivered.parent()).isEqualTo(first.id());
        assertThat(delivered.attributes()).containsEntry("waybill.outcome", "delivered");
        assertThat(collector.spans())
                .as("the call itself, a span of Camel's under ours")
                .anyMatch(span -> span.trace().equals(delivered.trace())
                        && "200".equals(span.attributes().get("http.status_code")));
        assertThat(request(id).headers().get("traceparent")).contains(delivered.trace());
    }

    @Test
    void tellsCollectorsNothingPersonalAndNoAddress() throws Exception {
        String id = order("shop");
        await().atMost(SOON).until(() -> delivery(id), Objects::nonNull);
        assertThat(collector.raw()).doesNotContain(PERSON, store.url(), "http.url");
    }

    @Test
    void logsAnObjectALineThatNamesWhatItIsAbout() throws Exception {
        order("shop-noisy");
        JsonNode line = await().atMost(SOON).until(() -> logged("An order came"), Objects::nonNull);
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo("ops.noisy");
        assertThat(line.path("channel").asText()).isEqualTo("noisy");
        assertThat(line.path("order").asLong()).isPositive();
        assertThat(line.path("delivery").asLong()).isPositive();
        assertThat(line.path("trace").asText()).hasSize(32);
        assertThat(Instant.parse(line.path("time").asText()))
                .isAfter(Instant.now().minusSeconds(600));
    }

    @Test
    void logsNothingPersonalAndNothingButObjects() throws Exception {
        order("shop-noisy");
        await().atMost(SOON).until(() -> logged("An order came"), Objects::nonNull);
        assertThat(server.log())
                .noneMatch(line -> line.contains(PERSON))
                .as("in the form for people")
                .noneMatch(line -> line.matches("\\d{4}-\\d\\d-.* (ERROR|WARN|INFO) .*"));
    }

    private static @Nullable JsonNode logged(String message) throws Exception {
        for (String line : server.log()) {
            if (line.startsWith("{") && line.contains("\"" + message + "\"")) {
                return EventJson.MAPPER.readTree(line);
            }
        }
        return null;
    }

    /** The span of this order's delivery: the store was told the trace. */
    private static TraceCollector.@Nullable Seen delivery(String id) {
        if (!has(store, id)) {
            return null;
        }
        String parent = request(id).headers().get("traceparent");
        return collector.spans().stream()
                .filter(span -> parent.contains(span.trace()) && span.name().equals("create-order store"))
                .findFirst()
                .orElse(null);
    }

    private static FakeStore.Request request(String id) {
        return store.requests().stream()
                .filter(request -> request.body().at("/event/order/id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(String trace) {
        return collector.spans().stream()
                .filter(span -> span.trace().equals(trace))
                .map(TraceCollector.Seen::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> types(Queue<Notification> heard) {
        return heard.stream().map(Notification::getType).collect(Collectors.toSet());
    }

    private static Queue<Notification> listen(String bean) throws Exception {
        Queue<Notification> heard = new ConcurrentLinkedQueue<>();
        jmx.addNotificationListener(name(bean), (notification, handback) -> heard.add(notification), null, null);
        return heard;
    }

    private static Set<String> attributes(String bean) throws Exception {
        return Arrays.stream(jmx.getMBeanInfo(name(bean)).getAttributes())
                .map(MBeanAttributeInfo::getName)
                .collect(Collectors.toSet());
    }

    private static ObjectName name(String bean) throws Exception {
        return new ObjectName("io.waybill:" + bean);
    }

    private static ChannelMXBean channel(String channel) throws Exception {
        return JMX.newMXBeanProxy(jmx, name("type=Channel,name=" + channel), ChannelMXBean.class);
    }

    private static FlowMXBean flow() throws Exception {
        return JMX.newMXBeanProxy(jmx, name("type=Flow"), FlowMXBean.class);
    }

    private static RoutesMXBean routes() throws Exception {
        return JMX.newMXBeanProxy(jmx, name("type=Routes"), RoutesMXBean.class);
    }

    private static boolean has(FakeStore at, String id) {
        return at.orders().stream().anyMatch(order -> order.sourceId().equals(id));
    }

    private static String order(String channel) throws Exception {
        String id = nextId();
        post(channel, id);
        return id;
    }

    private static String nextId() {
        return "o" + NUMBER.incrementAndGet();
    }

    private static void post(String channel, String id) throws Exception {
        String body =
                """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"paid","version":1,"currency":"USD","customer":{"name":"%s"},
                "lines":[{"id":"1","sku":"MUG","quantity":2,"price":"12.50"}],"totals":{"total":"25.00"}}}"""
                        .formatted(id, id, PERSON);
        assertThat(server.post("/webhooks/" + channel, body).statusCode()).isEqualTo(202);
    }

    private static Path edit(String path, String text) throws IOException {
        Path file = folder.resolve("routes").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String shop(String destination) {
        return "connector: http\ntitle: Shop\nrole: marketplace\ndestinations: [" + destination + "]\n";
    }

    private static String destination(String url) {
        return "connector: http\ntitle: Store\nrole: erp\nsettings: { url: \"" + url + "\" }\n";
    }
}

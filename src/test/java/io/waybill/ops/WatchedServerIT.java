package io.waybill.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.waybill.WatchingFilesTest;
import io.waybill.cli.Cli;
import io.waybill.flow.Traces;
import io.waybill.server.FakeStore;
import io.waybill.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Meters and health as they are served. */
class WatchedServerIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Path METRICS = Path.of("src/docs/operations/metrics.yaml");
    private static final Pattern SAMPLE = Pattern.compile("(waybill_\\w+?)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    @TempDir
    static Path folder;

    private static FakeStore store;
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        store = new FakeStore(true);
        server = TestServer.start(
                folder,
                Map.of(
                        "channels/shop.yaml",
                        "connector: http\ntitle: Shop\nrole: marketplace\ndestinations: [store]\n",
                        "channels/shop-lost.yaml",
                        "connector: http\ntitle: Shop\nrole: marketplace\ndestinations: [lost]\n",
                        "channels/store.yaml",
                        "connector: http\ntitle: Store\nrole: erp\nsettings: { url: \"" + store.url() + "\" }\n",
                        "channels/lost.yaml",
                        "connector: http\ntitle: Lost\nrole: erp\nsettings: { url: \"http://127.0.0.1:1/\" }\n"));
        server.webhook("shop", order("1"), "webhook-id", "first");
        server.webhook("shop", order("1"), "webhook-id", "first");
        server.webhook("shop-lost", order("2"));
        await().atMost(SOON).until(() -> samples().getOrDefault(DELIVERED, 0.0) == 1);
        await().atMost(SOON).until(() -> samples().getOrDefault("waybill_circuit_open{channel=\"lost\"}", 0.0) == 1);
    }

    private static final String DELIVERED =
            "waybill_deliveries_total{channel=\"store\",operation=\"create-order\",outcome=\"delivered\"}";

    @AfterAll
    static void stop() {
        server.close();
        store.close();
    }

    @Test
    void exportsWhatDashboardAndAlertsAskOfSpring() {
        assertThat(WatchingFilesTest.metersOfSpring()).isNotEmpty().allSatisfy(meter -> assertThat(scrape())
                .containsPattern("(?m)^" + meter + "[{ ]"));
    }

    @Test
    void followsNothingWhereNoEndpointIsSet() {
        assertThat(server.bean(Traces.class)).isSameAs(Traces.OFF);
    }

    @Test
    void letsAdminsReadAndSteerByJolokia() {
        JsonNode read = jolokia("{'type':'read','mbean':'io.waybill:type=Flow','attribute':'Node'}");
        assertThat(read.path("value").asText()).isEqualTo("node-1");
        JsonNode ran = jolokia("{'type':'exec','mbean':'io.waybill:type=Channel,name=store','operation':'resume'}");
        assertThat(ran.path("status").asInt()).as(ran.toString()).isEqualTo(200);
    }

    @Test
    void letsNobodyButAdminsToJolokia() throws Exception {
        for (String path : List.of("/actuator/jolokia", "/actuator/jolokia/read/io.waybill:type=Flow/Node")) {
            assertThat(as(TestServer.OPERATOR, path)).as(path).isEqualTo(403);
            assertThat(as("", path)).as(path).isEqualTo(401);
            assertThat(as(TestServer.TOKEN, path)).as(path).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'exec','mbean':'com.sun.management:type=HotSpotDiagnostic','operation':'dumpHeap','arguments':['x',true]}",
                "{'type':'read','mbean':'com.sun.management:type=HotSpotDiagnostic'}",
                "{'type':'write','mbean':'java.lang:type=Memory','attribute':'Verbose','value':true}",
                "{'type':'exec','mbean':'java.lang:type=Memory','operation':'gc'}"
            })
    void refusesByJolokiaWhatIsNotOurs(String request) {
        JsonNode answer = jolokia(request);
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.has("value")).isFalse();
    }

    @Test
    void isInGoodHealthForTheDoctor() {
        String said = doctor("--data", folder.resolve("data").toString(), "--public-url", server.url("/"));
        assertThat(said)
                .doesNotContain("XX ", "!!  database", "!!  webhooks")
                .contains("ok  database   its settings are as a server wants them", "/webhooks/ leads here");
    }

    private static String doctor(String... options) {
        PrintStream terminal = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, UTF_8));
        try {
            Cli.run(
                    WatchedServerIT.class,
                    Stream.concat(Stream.of("doctor"), Stream.of(options)).toArray(String[]::new));
        } finally {
            System.setOut(terminal);
        }
        return said.toString(UTF_8);
    }

    /** Jolokia's proxy would connect to whatever JVM a request names. */
    @Test
    void hasNoDoorToOtherJvms() {
        assertThatThrownBy(() -> Class.forName("org.jolokia.service.jsr160.Jsr160RequestHandler"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    private static JsonNode jolokia(String request) {
        return TestServer.json(server.call("POST", "/actuator/jolokia", request.replace('\'', '"')));
    }

    private static int as(String token, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url(path)))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void exportsExactlyTheMetersThatAreDocumented() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        Map<String, String> exported = new TreeMap<>();
        for (JsonNode metric : documented()) {
            documented.put(
                    metric.path("name").asText(),
                    metric.path("type").asText() + ": " + metric.path("help").asText());
        }
        Map<String, String> helps = new TreeMap<>();
        for (String line : scrape().lines().toList()) {
            if (line.startsWith("# HELP waybill_")) {
                String[] words = line.split(" ", 4);
                helps.put(words[2], words[3].strip());
            } else if (line.startsWith("# TYPE waybill_")) {
                String[] words = line.split(" ");
                exported.put(words[2], words[3] + ": " + helps.get(words[2]));
            }
        }
        assertThat(exported).isEqualTo(documented);
    }

    @Test
    void labelsThemAsDocumented() throws Exception {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (JsonNode metric : documented()) {
            Set<String> labels = new TreeSet<>();
            metric.path("labels").forEach(label -> labels.add(label.asText()));
            documented.put(metric.path("name").asText(), labels);
        }
        Map<String, Set<String>> exported = new TreeMap<>();
        samples().keySet().forEach(sample -> {
            Matcher name =
                    Pattern.compile("(\\w+?)(_bucket|_count|_sum)?(\\{.*)?").matcher(sample);
            assertThat(name.matches()).isTrue();
            Set<String> labels = exported.computeIfAbsent(name.group(1), n -> new TreeSet<>());
            LABEL.matcher(sample)
                    .results()
                    .map(m -> m.group(1))
                    .filter(l -> !l.equals("le"))
                    .forEach(labels::add);
        });
        assertThat(exported).isEqualTo(documented);
    }

    @Test
    void namesTheUnitWhereItIsATime() throws Exception {
        for (JsonNode metric : documented()) {
            boolean seconds = metric.path("unit").asText().equals("seconds");
            assertThat(metric.path("name").asText().contains("_seconds"))
                    .as(metric.path("name").asText())
                    .isEqualTo(seconds);
            assertThat(metric.path("unit").asText()).isNotBlank();
        }
    }

    @Test
    void countsADuplicateOnceAndImportsItNever() throws Exception {
        Map<String, Double> samples = samples();
        assertThat(samples)
                .containsEntry("waybill_receipts_stored_total{channel=\"shop\"}", 1.0)
                .containsEntry("waybill_receipts_duplicates_total{channel=\"shop\"}", 1.0)
                .containsEntry("waybill_imports_total{channel=\"shop\",outcome=\"imported\"}", 1.0)
                .containsEntry("waybill_delivery_seconds_count{channel=\"store\",operation=\"create-order\"}", 1.0);
    }

    @Test
    void showsWhatWaitsForAChannelThatIsDown() {
        await().atMost(SOON).until(() -> samples().get("waybill_backlog{channel=\"lost\"}") == 1.0);
    }

    @Test
    void isDegradedNotDeadWhileAPartnerIsDown() throws Exception {
        JsonNode health = server.get("/actuator/health");
        assertThat(health.path("status").asText()).isEqualTo("DEGRADED");
        assertThat(health.at("/components/channels/details/down/0").asText()).isEqualTo("lost");
        assertThat(anonymous("/actuator/health/readiness")).isEqualTo("200 {\"status\":\"UP\"}");
        assertThat(anonymous("/actuator/health")).startsWith("401");
    }

    private static String anonymous(String path) throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(server.url(path))).build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private static Iterable<JsonNode> documented() throws Exception {
        JsonNode metrics = new ObjectMapper(new YAMLFactory())
                .readTree(Files.readString(METRICS))
                .path("metrics");
        return StreamSupport.stream(metrics.spliterator(), false).toList();
    }

    private static Map<String, Double> samples() {
        Map<String, Double> samples = new TreeMap<>();
        scrape().lines().filter(line -> line.startsWith("waybill_")).forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            samples.put(line.substring(0, line.lastIndexOf(' ')), Double.valueOf(sample.group(3)));
        });
        return samples;
    }

    private static String scrape() {
        return server.call("GET", "/actuator/prometheus", null).body();
    }

    private static String order(String id) {
        return """
                {"type":"order","order":{"id":"%s","number":"#%s","status":"paid","version":1,"currency":"USD",
                "lines":[{"id":"1","sku":"MUG","quantity":2,"price":"12.50"}],"totals":{"total":"25.00"}}}"""
                .formatted(id, id);
    }
}

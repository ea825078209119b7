package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compose file, alert rules and dashboard, held against the meters that there are and against each other. */
public class WatchingFilesTest {
    private static final Path DOCKER = Path.of("docker");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonNode METERS =
            yaml(Path.of("src/docs/operations/metrics.yaml")).path("metrics");
    private static final JsonNode ALERTS = yaml(DOCKER.resolve("prometheus/alerts.yaml"));
    private static final JsonNode DASHBOARD = json(DOCKER.resolve("grafana/dashboards/waybill.json"));
    /** What names labels and times: texts, what is in braces or brackets, grouping. */
    private static final Pattern LABELS =
            Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring) *\\([^)]*\\)");

    private static final Pattern LANGUAGE = Pattern.compile("\\b\\w+ *\\(|\\b(and|or|unless|bool)\\b");

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final String DURATION = "\\d+(s|m|h|d)";

    /** The meters that Spring brings and the files name: a server that runs is asked for them. */
    public static Set<String> metersOfSpring() {
        return meters().filter(name -> !name.startsWith("waybill_") && !name.equals("up"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nameOnlyMetersThatAreDocumented() {
        assertThat(meters().filter(name -> name.startsWith("waybill_")))
                .isNotEmpty()
                .isSubsetOf(documented());
    }

    @Test
    void findMetersInExpressions() {
        assertThat(
                        names(
                                "histogram_quantile(0.9, sum by (le) (rate(waybill_x_bucket{a=\"b\"}[5m]))) > 3 and on (c) up == 1"))
                .containsExactlyInAnyOrder("waybill_x_bucket", "up");
    }

    @Test
    void alertInPrometheusOwnForm() {
        for (JsonNode group : ALERTS.path("groups")) {
            assertThat(keys(group)).containsExactlyInAnyOrder("name", "rules");
            for (JsonNode rule : group.path("rules")) {
                assertThat(keys(rule)).as(rule.toString()).isSubsetOf("alert", "expr", "for", "labels", "annotations");
                assertThat(rule.path("alert").asText()).matches("Waybill[A-Z]\\w+");
                assertThat(rule.path("for").asText("1m")).matches(DURATION);
                assertThat(rule.at("/labels/severity").asText()).isIn("page", "ticket");
                assertThat(keys(rule.path("annotations"))).containsExactlyInAnyOrder("summary", "description");
                assertBalanced(rule.path("expr").asText());
            }
        }
    }

    @Test
    void alertUnderNamesOfTheirOwn() {
        assertThat(ALERTS.findValuesAsText("alert")).hasSizeGreaterThan(5).doesNotHaveDuplicates();
    }

    @Test
    void showPanelsBesideEachOther() {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : DASHBOARD.path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(taken.add((place.path("x").asInt() + x) + ","
                                    + (place.path("y").asInt() + y)))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void showPanelsThatExplainThemselves() {
        assertThat(DASHBOARD.path("panels")).hasSizeGreaterThan(10).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.path("type").asText()).isIn("stat", "timeseries");
            assertThat(panel.at("/datasource/uid").asText())
                    .isEqualTo(yaml(DOCKER.resolve("grafana/provisioning/datasources/prometheus.yaml"))
                            .at("/datasources/0/uid")
                            .asText());
            panel.path("targets")
                    .forEach(target -> assertBalanced(target.path("expr").asText()));
        });
        assertThat(Stream.of(DASHBOARD.path("panels")).flatMap(all -> stream(all)
                        .map(panel -> panel.path("id").asInt())))
                .doesNotHaveDuplicates();
    }

    @Test
    void scrapeWhereTheServerIsWithTheTokenThatItKnows() {
        JsonNode compose = yaml(DOCKER.resolve("compose.yaml"));
        JsonNode scrape = yaml(DOCKER.resolve("prometheus/prometheus.yml")).at("/scrape_configs/0");
        String[] target = scrape.at("/static_configs/0/targets/0").asText().split(":");
        assertThat(compose.path("services").has(target[0])).isTrue();
        assertThat(target[1]).isEqualTo("8080");
        String secret = scrape.at("/authorization/credentials_file").asText().replace("/run/secrets/", "");
        String variable = compose.at("/secrets/" + secret + "/environment").asText();
        assertThat(compose.at("/services/waybill/environment/WAYBILL_TOKENS").asText())
                .startsWith("prometheus:viewer:${" + variable);
        assertThat(stream(compose.at("/services/prometheus/secrets")).map(JsonNode::asText))
                .contains(secret);
    }

    @Test
    void composeWhatIsThere() throws IOException {
        JsonNode compose = yaml(DOCKER.resolve("compose.yaml"));
        String settings = Files.readString(Path.of("src/main/resources/application.yaml"));
        assertThat(keys(compose.at("/services/waybill/environment")))
                .allSatisfy(variable -> assertThat(settings).contains("${" + variable + ":"));
        for (JsonNode service : compose.path("services")) {
            stream(service.path("volumes"))
                    .map(volume -> volume.asText().split(":")[0])
                    .forEach(from -> assertThat(
                                    from.startsWith(".")
                                            ? Files.exists(DOCKER.resolve(from))
                                            : compose.path("volumes").has(from))
                            .as(from)
                            .isTrue());
        }
    }

    private static Stream<String> meters() {
        return Stream.concat(ALERTS.findValuesAsText("expr").stream(), DASHBOARD.findValuesAsText("expr").stream())
                .flatMap(expression -> names(expression).stream());
    }

    private static Set<String> names(String expression) {
        String meters =
                LANGUAGE.matcher(LABELS.matcher(expression).replaceAll("")).replaceAll(" ");
        return NAME.matcher(meters).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    private static Set<String> documented() {
        return stream(METERS)
                .flatMap(meter -> {
                    String name = meter.path("name").asText();
                    return meter.path("type").asText().equals("histogram")
                            ? Stream.of(name + "_bucket", name + "_count", name + "_sum")
                            : Stream.of(name);
                })
                .collect(Collectors.toSet());
    }

    private static void assertBalanced(String expression) {
        for (String pair : List.of("()", "{}", "[]")) {
            assertThat(expression.chars().filter(c -> c == pair.charAt(0)).count())
                    .as(expression)
                    .isEqualTo(
                            expression.chars().filter(c -> c == pair.charAt(1)).count());
        }
    }

    private static List<String> keys(JsonNode node) {
        return node.properties().stream().map(java.util.Map.Entry::getKey).toList();
    }

    private static Stream<JsonNode> stream(JsonNode nodes) {
        return java.util.stream.StreamSupport.stream(nodes.spliterator(), false);
    }

    private static JsonNode yaml(Path file) {
        return read(YAML, file);
    }

    private static JsonNode json(Path file) {
        return read(new ObjectMapper(), file);
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Service;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests against the API's own types, and against what they refer to. No cluster has run them. */
class KubernetesTest {
    private static final Path FOLDER = Path.of("docker/kubernetes");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path folder;

    static Stream<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void saysNothingThatTheApiDoesNotKnow(Path manifest) throws IOException {
        check(read(manifest));
    }

    @Test
    void seesAMisspeltField() throws IOException {
        ObjectNode deployment = (ObjectNode) read(FOLDER.resolve("deployment.yaml"));
        ((ObjectNode) container(deployment)).put("imagePulPolicy", "Always");
        assertThatThrownBy(() -> check(deployment)).hasMessageContaining("imagePulPolicy");
    }

    @Test
    void seesAFieldThatIsMissing() throws IOException {
        ObjectNode deployment = (ObjectNode) read(FOLDER.resolve("deployment.yaml"));
        ((ObjectNode) deployment.path("spec")).remove("selector");
        assertThatThrownBy(() -> check(deployment)).hasMessageContaining("selector");
    }

    @Test
    void sendsTheServicesCallsToThePods() throws IOException {
        JsonNode deployment = read(FOLDER.resolve("deployment.yaml"));
        JsonNode service = read(FOLDER.resolve("service.yaml"));
        assertThat(service.at("/spec/selector"))
                .isEqualTo(deployment.at("/spec/template/metadata/labels"))
                .isEqualTo(deployment.at("/spec/selector/matchLabels"));
        assertThat(container(deployment).path("ports").findValuesAsText("name"))
                .contains(service.at("/spec/ports/0/targetPort").asText());
    }

    @Test
    void setsOnlySettingsThatThereAre() throws IOException {
        String settings = Files.readString(Path.of("src/main/resources/application.yaml"));
        assertThat(container(read(FOLDER.resolve("deployment.yaml"))).path("env"))
                .allSatisfy(variable -> assertThat(settings)
                        .contains("${" + variable.path("name").asText() + ":"));
    }

    @Test
    void mountsVolumesThatThereAre() throws IOException {
        JsonNode pod = read(FOLDER.resolve("deployment.yaml")).at("/spec/template/spec");
        assertThat(pod.at("/containers/0/volumeMounts").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(0, 1, 2)
                        .map(i -> pod.at("/volumes/" + i + "/name").asText())
                        .toList());
    }

    @Test
    void givesAPodLongerToStopThanItTakes() throws IOException {
        assertThat(read(FOLDER.resolve("deployment.yaml"))
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isGreaterThan(5 + 2 * 12);
    }

    /** Files of a ConfigMap are links into a folder that is exchanged whole: {@code channels -> ..data/channels}. */
    @Test
    void laysRoutesOutAsTheyAreRead() throws IOException {
        JsonNode map = read(FOLDER.resolve("routes.yaml"));
        JsonNode items = read(FOLDER.resolve("deployment.yaml")).at("/spec/template/spec/volumes/0/configMap");
        assertThat(items.path("name")).isEqualTo(map.at("/metadata/name"));
        Path dated = Files.createDirectories(folder.resolve("..2026_11_22_10_00_00.1"));
        for (JsonNode item : items.path("items")) {
            Path file = dated.resolve(item.path("path").asText());
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, map.path("data").path(item.path("key").asText()).asText());
        }
        Files.createSymbolicLink(folder.resolve("..data"), dated.getFileName());
        for (String part : List.of("channels", "rules")) {
            Files.createSymbolicLink(folder.resolve(part), Path.of("..data", part));
        }
        Reading reading = BundleReader.read(BundleFiles.of(folder, false));
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.bundle()).isNotNull();
        assertThat(reading.bundle().channels()).containsOnlyKeys("shop", "erp");
    }

    private static JsonNode container(JsonNode deployment) {
        return deployment.at("/spec/template/spec/containers/0");
    }

    private static JsonNode read(Path manifest) throws IOException {
        return YAML.readTree(manifest.toFile());
    }

    private static void check(JsonNode manifest) throws IOException {
        JsonElement json = JsonParser.parseString(manifest.toString());
        switch (manifest.path("kind").asText()) {
            case "Deployment" -> V1Deployment.validateJsonElement(json);
            case "Service" -> V1Service.validateJsonElement(json);
            case "ConfigMap" -> V1ConfigMap.validateJsonElement(json);
            default -> throw new IllegalArgumentException("no type for " + manifest.path("kind"));
        }
        assertThat(Arrays.asList("v1", "apps/v1"))
                .contains(manifest.path("apiVersion").asText());
    }
}

package io.waybill.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulator answers as a real Odoo did: the same status, the same exception, the same kind of result. */
class OdooSimulatorTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/odoo");
    private final HttpClient http = HttpClient.newHttpClient();

    @TestFactory
    Stream<DynamicTest> answersAsOdoo19Did() throws IOException {
        return recordings(19);
    }

    @TestFactory
    Stream<DynamicTest> answersAsOdoo16Did() throws IOException {
        return recordings(16);
    }

    private Stream<DynamicTest> recordings(int version) throws IOException {
        try (Stream<Path> files = Files.list(RECORDINGS.resolve(String.valueOf(version)))) {
            return files.sorted().toList().stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> replay(version, file)));
        }
    }

    private void replay(int version, Path file) throws Exception {
        JsonNode recording = EventJson.tree(Files.readAllBytes(file));
        try (OdooSimulator odoo = new OdooSimulator(version)) {
            seed(odoo.records, file.getFileName().toString());
            HttpRequest request = request(
                    odoo, recording.path("request"), recording.path("status").asInt() == 401);
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(recording.path("status").asInt());
            JsonNode expected = recording.path("response");
            if (expected.isTextual()) {
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("text/html");
            } else {
                JsonNode actual = EventJson.tree(answer.body());
                assertThat(exception(actual)).isEqualTo(exception(expected));
                assertThat(kind(actual)).isEqualTo(kind(expected));
            }
        }
    }

    /** Orders as they stood when the recording was made. */
    private static void seed(OdooRecords records, String recording) {
        put(records, "sale.order", 1).put("state", "sale");
        put(records, "sale.order", 3).put("state", recording.startsWith("107") ? "sale" : "draft");
        put(records, "sale.order", 12).put("state", "sale").put("locked", true);
        put(records, "sale.order", 19).put("state", "sale");
        put(records, "res.partner", 9);
        put(records, "res.partner", 11);
        put(records, "res.country", 57);
        put(records, "ir.attachment", 512);
        put(records, "ir.attachment", 105);
    }

    private static ObjectNode put(OdooRecords records, String model, long id) {
        ObjectNode record = EventJson.MAPPER.createObjectNode().put("id", id);
        records.all(model).put(id, record);
        return record;
    }

    private static HttpRequest request(OdooSimulator odoo, JsonNode recorded, boolean refused) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(odoo.url() + recorded.path("path").asText()))
                .header(
                        "X-Odoo-Database",
                        recorded.at("/headers/X-Odoo-Database").asText(OdooSimulator.DATABASE));
        request.header("Authorization", "bearer " + (refused ? "wrong" : OdooSimulator.KEY));
        return recorded.path("method").asText().equals("GET")
                ? request.GET().build()
                : request.POST(HttpRequest.BodyPublishers.ofByteArray(
                                EventJson.bytes(body(recorded.path("body").deepCopy()))))
                        .build();
    }

    /** The recorded database, user and key become the simulator's. */
    private static JsonNode body(JsonNode body) {
        if (body.at("/params/service").asText().equals("object")) {
            ArrayNode arguments = (ArrayNode) body.at("/params/args");
            arguments.set(0, OdooSimulator.DATABASE);
            arguments.set(1, 5);
            arguments.set(2, OdooSimulator.KEY);
        } else if (body.at("/params/args/0").asText().startsWith("lab")) {
            ((ArrayNode) body.at("/params/args")).set(0, OdooSimulator.DATABASE);
        }
        return body;
    }

    private static String exception(JsonNode answer) {
        return answer.path("name").isTextual() && answer.has("debug")
                ? answer.path("name").asText()
                : answer.at("/error/data/name").asText();
    }

    private static String kind(JsonNode answer) {
        JsonNode result = answer.has("result") ? answer.get("result") : answer;
        return result.has("ids") ? "loaded " + result.path("ids").getNodeType() : String.valueOf(result.getNodeType());
    }
}

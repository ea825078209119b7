package io.waybill.api;

import static io.waybill.ledger.LedgerScene.order;
import static io.waybill.ledger.LedgerScene.publish;
import static io.waybill.ledger.LedgerScene.withhold;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.ledger.LedgerScene;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What /openapi.json says is what is served. */
@SpringBootTest(
        classes = ApiTestServer.class,
        properties = {
            "waybill.access.admin-token=admin-token",
            "waybill.access.tokens=olga:operator:operator-token,vera:viewer:viewer-token",
            "waybill.data=target/api-test",
            "spring.autoconfigure.exclude=org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration"
        })
@AutoConfigureMockMvc
class OpenApiTest {
    @Autowired
    private MockMvc http;

    @Autowired
    private ObjectMapper json;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    private final LedgerScene scene = new LedgerScene(ApiTestServer.DATABASE);

    @Test
    void listsEveryCall() throws Exception {
        JsonNode paths = get("/openapi.json").at("/paths");
        List<String> missing = new ArrayList<>();
        requestMappingHandlerMapping
                .getHandlerMethods()
                .forEach((mapping, method) -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition().getMethods().stream()
                                .filter(verb ->
                                        !paths.path(path).has(verb.name().toLowerCase(java.util.Locale.ROOT)))
                                .forEach(verb -> missing.add(verb + " " + path))));
        assertThat(missing).isEmpty();
        assertThat(paths.size()).isGreaterThan(18);
    }

    @Test
    void describesFiltersWithTheirWords() throws Exception {
        JsonNode parameters = get("/openapi.json").at("/paths/~1api~1orders/get/parameters");
        List<String> names = new ArrayList<>();
        parameters.forEach(p -> names.add(p.at("/name").asText()));
        assertThat(names)
                .contains("push", "sync", "as", "channel", "number", "tag", "q", "from", "to", "cursor", "limit");
        assertThat(parameters.toString()).contains("partially_pushed").contains("sale-order");
    }

    @Test
    void answersHaveTheShapeThatIsDescribed() throws Exception {
        long id = scene.receive(order("openapi", "paid", 1), publish("store"), withhold("erp", "no"));
        scene.deliver("store");
        long delivery = get("/api/deliveries?order=" + id + "&state=delivered")
                .at("/items/0/id")
                .asLong();
        scene.receive(order("openapi-2", "paid", 1), publish("moody"));
        scene.fail("moody", "refused", "no");
        String issue = get("/api/issues?channel=moody").at("/items/0/id").asText();
        String entry = get("/api/sync-log?number=openapi").at("/items/0/id").asText();
        JsonNode description = get("/openapi.json");
        List<String> problems = new ArrayList<>();
        Map<String, String> more = Map.of(
                "/api/sync-log", "/api/sync-log",
                "/api/sync-log/{id}", "/api/sync-log/" + entry,
                "/api/issues/{id}", "/api/issues/" + issue);
        Map<String, String> calls = new java.util.TreeMap<>(more);
        calls.putAll(Map.of(
                "/api/orders", "/api/orders?number=openapi",
                "/api/orders/{id}", "/api/orders/" + id,
                "/api/orders/{id}/why", "/api/orders/" + id + "/why",
                "/api/deliveries", "/api/deliveries?order=" + id,
                "/api/deliveries/{id}", "/api/deliveries/" + delivery,
                "/api/receipts", "/api/receipts",
                "/api/health", "/api/health",
                "/api/issues", "/api/issues",
                "/api/channels/{channel}", "/api/channels/shop"));
        for (Map.Entry<String, String> call : calls.entrySet()) {
            JsonNode answers = description.path("paths").path(call.getKey()).at("/get/responses/200/content");
            JsonNode schema = answers.elements().next().path("schema");
            new Shape(description, problems).check(call.getKey(), schema, get(call.getValue()));
        }
        assertThat(problems).isEmpty();
    }

    /** Members that are answered are described, and are of the type described. */
    private record Shape(JsonNode description, List<String> problems) {
        void check(String at, JsonNode given, JsonNode value) {
            JsonNode schema = resolved(given);
            String type = schema.path("type").asText();
            if (value.isNull() || type.isEmpty()) {
                return;
            }
            if (value.isArray()) {
                expect(at, type, "array");
                value.forEach(item -> check(at + "[]", schema.path("items"), item));
            } else if (value.isObject()) {
                expect(at, type, "object");
                members(at, schema, value);
            } else if (value.isTextual()) {
                expect(at, type, "string");
            } else if (value.isBoolean()) {
                expect(at, type, "boolean");
            } else if (!type.equals("integer") && !type.equals("number")) {
                problems.add(at + " is a number, described as " + type);
            }
        }

        private void members(String at, JsonNode schema, JsonNode value) {
            if (!schema.has("properties")) {
                value.fields().forEachRemaining(m -> {
                    if (schema.path("additionalProperties").isObject()) {
                        check(at + ".*", schema.path("additionalProperties"), m.getValue());
                    }
                });
                return;
            }
            value.fields().forEachRemaining(m -> {
                JsonNode member = schema.path("properties").path(m.getKey());
                if (member.isMissingNode()) {
                    problems.add(at + "." + m.getKey() + " is not described");
                } else {
                    check(at + "." + m.getKey(), member, m.getValue());
                }
            });
        }

        private void expect(String at, String described, String answered) {
            if (!described.equals(answered)) {
                problems.add(at + " is " + answered + ", described as " + described);
            }
        }

        private JsonNode resolved(JsonNode schema) {
            String ref = schema.path("$ref").asText();
            return ref.isEmpty() ? schema : resolved(description.at(ref.substring(1)));
        }
    }

    private JsonNode get(String path) throws Exception {
        var answer = http.perform(MockMvcRequestBuilders.get(java.net.URI.create(path))
                        .header("Authorization", "Bearer viewer-token"))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        return json.readTree(answer.getContentAsByteArray());
    }
}

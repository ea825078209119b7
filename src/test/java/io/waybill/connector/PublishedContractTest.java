package io.waybill.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of requests finds what it is to find, in OpenAPI 3 and in Swagger 2. */
class PublishedContractTest {
    private static final String OPEN_API =
            """
            openapi: 3.0.0
            paths:
              /orders:
                parameters:
                  - { name: shop, in: query, required: true, schema: { type: string } }
                get:
                  parameters:
                    - $ref: '#/components/parameters/Limit'
                    - { name: sort, in: query, schema: { type: string, enum: [asc, desc] } }
                post:
                  requestBody:
                    content:
                      application/json:
                        schema: { $ref: '#/components/schemas/Order' }
              /orders/{id}:
                get: {}
              /orders/open:
                get:
                  parameters:
                    - { name: only, in: query, required: true, schema: { type: string } }
              /tokens:
                post:
                  requestBody:
                    content:
                      application/x-www-form-urlencoded:
                        schema:
                          type: object
                          required: [count]
                          properties: { count: { type: integer }, fresh: { type: boolean } }
            components:
              parameters:
                Limit: { name: limit, in: query, schema: { type: integer, maximum: 100 } }
              schemas:
                Order:
                  type: object
                  additionalProperties: false
                  required: [lines]
                  properties:
                    lines: { type: array, items: { $ref: '#/components/schemas/Line' } }
                    note: { type: string, nullable: true }
                Line:
                  type: object
                  required: [sku]
                  properties: { sku: { type: string }, count: { type: integer, minimum: 1 } }
            """;
    private static final String SWAGGER =
            """
            {"swagger": "2.0", "basePath": "/v3/", "paths": {"/stock/{sku}": {"put": {"parameters": [
              {"name": "sku", "in": "path", "required": true, "type": "string"},
              {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/Stock"}}]}}},
             "definitions": {"Stock": {"type": "object", "required": ["quantity"], "properties": {"quantity": {"type": "integer"}}}}}""";

    @TempDir
    static Path folder;

    private static PublishedContract contract;

    @BeforeAll
    static void write() throws IOException {
        Files.writeString(folder.resolve("orders.yaml"), OPEN_API);
        Files.writeString(folder.resolve("stock.json"), SWAGGER);
        contract = PublishedContract.in(folder, "/api", "orders.yaml", "stock.json");
    }

    @Test
    void takesWhatIsRight() {
        assertThat(mistake("GET", "/api/orders?shop=a&limit=100&sort=asc", null))
                .isEmpty();
        assertThat(mistake("GET", "/api/orders/77", null)).isEmpty();
        assertThat(mistake(
                        "POST", "/api/orders?shop=a", "{\"lines\": [{\"sku\": \"A\", \"count\": 1}], \"note\": null}"))
                .isEmpty();
        assertThat(mistake("PUT", "/api/v3/stock/A-1", "{\"quantity\": 3}")).isEmpty();
    }

    @Test
    void refusesPathsAndMethodsThatAreNowhere() {
        assertThat(mistake("GET", "/api/order", null)).contains("no published contract has GET /api/order");
        assertThat(mistake("DELETE", "/api/orders", null)).isPresent();
        assertThat(mistake("GET", "/orders?shop=a", null)).isPresent();
    }

    @Test
    void refusesQueryParametersThatAreUnknownMissingOrWrong() {
        assertThat(mistake("GET", "/api/orders?shop=a&lmit=1", null)).contains("query parameter lmit is unknown");
        assertThat(mistake("GET", "/api/orders", null)).contains("query parameter shop is missing");
        assertThat(mistake("GET", "/api/orders?shop=a&limit=101", null))
                .contains("query parameter limit is more than 100");
        assertThat(mistake("GET", "/api/orders?shop=a&limit=many", null))
                .contains("query parameter limit is no integer");
        assertThat(mistake("GET", "/api/orders?shop=a&sort=up", null).orElseThrow())
                .contains("sort is none of");
    }

    @Test
    void aPathThatIsWrittenOutGoesBeforeOneWithAPlaceholder() {
        assertThat(mistake("GET", "/api/orders/open", null)).contains("query parameter only is missing");
    }

    @Test
    void refusesBodiesThatDoNotFit() {
        assertThat(body("{}")).contains("lines");
        assertThat(body("{\"lines\": [{}]}")).contains("/lines/0").contains("sku");
        assertThat(body("{\"lines\": [{\"sku\": 7}]}")).contains("/lines/0/sku");
        assertThat(body("{\"lines\": [{\"sku\": \"A\", \"count\": 0}]}")).contains("/lines/0/count");
        assertThat(body("{\"lines\": [], \"nte\": \"\"}")).contains("nte");
        assertThat(mistake("PUT", "/api/v3/stock/A-1", "{\"quantity\": \"3\"}")).isPresent();
        assertThat(mistake("PUT", "/api/v3/stock/A-1", "{}")).isPresent();
    }

    @Test
    void readsFormsByTheTypesOfTheContract() {
        assertThat(form("count=3&fresh=true")).isEmpty();
        assertThat(form("count=three")).isPresent();
        assertThat(form("fresh=true").orElseThrow()).contains("count");
    }

    @Test
    void refusesAnotherContentType() {
        assertThat(mistake("POST", "/api/orders?shop=a", "lines=1", "text/plain")
                        .orElseThrow())
                .contains("content type text/plain is none of");
    }

    @Test
    void withoutTheDocumentNothingIsChecked() {
        assertThat(PublishedContract.in(folder, "", "missing.yaml").mistake(request("GET", "/x", null, null)))
                .isEmpty();
    }

    private static String body(String json) {
        return mistake("POST", "/api/orders?shop=a", json).orElse("");
    }

    private static Optional<String> form(String text) {
        return mistake("POST", "/api/tokens", text, "application/x-www-form-urlencoded");
    }

    private static Optional<String> mistake(String method, String address, String body) {
        return mistake(method, address, body, "application/json; charset=utf-8");
    }

    private static Optional<String> mistake(String method, String address, String body, String type) {
        return contract.mistake(request(method, address, body, type));
    }

    private static Simulator.Request request(String method, String address, String body, String type) {
        String[] parts = address.split("\\?");
        Map<String, String> query = new LinkedHashMap<>();
        if (parts.length > 1) {
            for (String pair : parts[1].split("&")) {
                query.put(pair.split("=")[0], pair.split("=")[1]);
            }
        }
        Map<String, List<String>> queries = new LinkedHashMap<>();
        query.forEach((name, value) -> queries.put(name, List.of(value)));
        return new Simulator.Request(
                method,
                parts[0],
                query,
                queries,
                body == null ? Map.of() : Map.of("content-type", type),
                body == null ? new byte[0] : body.getBytes(UTF_8),
                List.of());
    }
}

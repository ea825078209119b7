package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Requests against a published OpenAPI 3 or Swagger 2 document: its paths, methods, query parameters (unknown ones, missing
 * ones, values) and bodies. The documents are not part of the project; where they are missing nothing is checked.
 */
final class PublishedContract {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    private final List<JsonNode> documents = new ArrayList<>();
    private final String prefix;
    private final Map<String, Schema> compiled = new HashMap<>();

    private PublishedContract(String prefix) {
        this.prefix = prefix;
    }

    /**
     * @param prefix what stands before the documents' paths in a request's path, such as {@code /v3/application}
     * @param files relative to the folder of specs, such as {@code etsy/3.0.0.json}
     */
    static PublishedContract of(String prefix, String... files) {
        return in(Path.of(System.getProperty("waybill.shared", "../shared"), "specs"), prefix, files);
    }

    static PublishedContract in(Path specs, String prefix, String... files) {
        PublishedContract contract = new PublishedContract(prefix);
        for (String file : files) {
            if (Files.exists(specs.resolve(file))) {
                contract.documents.add(read(specs.resolve(file)));
            } else {
                System.out.println("Requests are not held against " + file + ": it is not here.");
            }
        }
        return contract;
    }

    private static JsonNode read(Path file) {
        ObjectMapper mapper = file.toString().endsWith(".json") ? new ObjectMapper() : new YAMLMapper();
        try {
            return strict(mapper.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** "nullable" as later drafts say it; examples are no schema. */
    private static JsonNode strict(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List.of("example", "examples", "x-examples").forEach(name -> {
                if (!object.path(name).has("type")) {
                    object.remove(name);
                }
            });
            if (object.path("nullable").asBoolean() && object.path("type").isTextual()) {
                ArrayNode types =
                        object.arrayNode().add(object.path("type").asText()).add("null");
                object.set("type", types);
                if (object.path("enum").isArray()) {
                    ((ArrayNode) object.get("enum")).addNull();
                }
            }
        }
        node.forEach(PublishedContract::strict);
        return node;
    }

    Optional<String> mistake(Simulator.Request request) {
        if (documents.isEmpty()) {
            return Optional.empty();
        }
        for (JsonNode document : documents) {
            Optional<Operation> operation = operation(document, request);
            if (operation.isPresent()) {
                return operation.get().mistake(request);
            }
        }
        return Optional.of("no published contract has " + request.method() + " " + request.path());
    }

    private Optional<Operation> operation(JsonNode document, Simulator.Request request) {
        String base = document.path("basePath").asText("").replaceFirst("/$", "");
        String method = request.method().toLowerCase(java.util.Locale.ROOT);
        return document.path("paths").properties().stream()
                .filter(path -> request.path().matches(pattern(base + path.getKey()))
                        && METHODS.contains(method)
                        && path.getValue().has(method))
                .min(java.util.Comparator.comparing(path -> path.getKey().contains("{")))
                .map(path -> new Operation(
                        document, path.getValue(), path.getValue().path(method), path.getKey() + " " + method));
    }

    private String pattern(String template) {
        return java.util.regex.Pattern.quote(prefix)
                + Arrays.stream(template.split("(?=\\{)|(?<=})"))
                        .map(part -> part.startsWith("{") ? "[^/]+" : java.util.regex.Pattern.quote(part))
                        .collect(Collectors.joining());
    }

    private final class Operation {
        private final JsonNode document;
        private final JsonNode path;
        private final JsonNode operation;
        private final String name;

        private Operation(JsonNode document, JsonNode path, JsonNode operation, String name) {
            this.document = document;
            this.path = path;
            this.operation = operation;
            this.name = name;
        }

        private Optional<String> mistake(Simulator.Request request) {
            Map<String, JsonNode> query = new HashMap<>();
            JsonNode body = null;
            for (JsonNode parameter : parameters()) {
                switch (parameter.path("in").asText()) {
                    case "query" -> query.put(parameter.path("name").asText(), parameter);
                    case "body" -> body = parameter.path("schema");
                    default -> {}
                }
            }
            List<String> mistakes = new ArrayList<>(inQuery(request, query));
            JsonNode content = resolved(operation.path("requestBody")).path("content");
            String type = request.header("content-type") == null
                    ? ""
                    : request.header("content-type").split(";")[0];
            if (content.has(type)) {
                body = content.path(type).path("schema");
            } else if (!content.isEmpty() && request.raw().length > 0) {
                mistakes.add("content type " + type + " is none of "
                        + content.properties().stream().map(Map.Entry::getKey).toList());
            }
            if (body != null && request.raw().length > 0) {
                mistakes.addAll(inBody(request, body, type));
            }
            return mistakes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", mistakes));
        }

        private List<JsonNode> parameters() {
            List<JsonNode> all = new ArrayList<>();
            path.path("parameters").forEach(parameter -> all.add(resolved(parameter)));
            operation.path("parameters").forEach(parameter -> all.add(resolved(parameter)));
            return all;
        }

        private List<String> inQuery(Simulator.Request request, Map<String, JsonNode> declared) {
            List<String> mistakes = new ArrayList<>();
            request.query().forEach((given, value) -> {
                JsonNode parameter = declared.get(given.replace("[]", ""));
                if (parameter == null) {
                    parameter = declared.get(given);
                }
                if (parameter == null) {
                    mistakes.add("query parameter " + given + " is unknown");
                } else {
                    value(parameter, value).ifPresent(mistakes::add);
                }
            });
            declared.forEach((wanted, parameter) -> {
                if (parameter.path("required").asBoolean() && !request.query().containsKey(wanted)) {
                    mistakes.add("query parameter " + wanted + " is missing");
                }
            });
            return mistakes;
        }

        private Optional<String> value(JsonNode parameter, String value) {
            JsonNode schema = resolved(parameter.has("schema") ? parameter.path("schema") : parameter);
            String type = schema.path("type").asText();
            String named = "query parameter " + parameter.path("name").asText();
            if (type.equals("integer") && !value.matches("-?\\d+")) {
                return Optional.of(named + " is no integer");
            }
            if (type.equals("integer")
                    && schema.has("maximum")
                    && Long.parseLong(value) > schema.path("maximum").asLong()) {
                return Optional.of(named + " is more than " + schema.path("maximum"));
            }
            boolean listed = schema.path("enum").isEmpty();
            for (JsonNode one : schema.path("enum")) {
                listed |= one.asText().equals(value);
            }
            return listed ? Optional.empty() : Optional.of(named + " is none of " + schema.path("enum"));
        }

        private List<String> inBody(Simulator.Request request, JsonNode schema, String type) {
            JsonNode given = type.equals("application/x-www-form-urlencoded")
                    ? form(request, resolved(schema))
                    : EventJson.tree(request.raw());
            List<Error> mistakes =
                    compiled.computeIfAbsent(name, key -> compile(schema)).validate(given);
            return mistakes.stream()
                    .map(mistake -> mistake.getInstanceLocation() + " " + mistake.getMessage())
                    .sorted()
                    .limit(5)
                    .toList();
        }

        /** Text of a form in the types that the contract gives it. */
        private JsonNode form(Simulator.Request request, JsonNode schema) {
            ObjectNode form = EventJson.MAPPER.createObjectNode();
            request.form().forEach((name, value) -> {
                String type = resolved(schema.path("properties").path(name))
                        .path("type")
                        .toString();
                if (type.contains("integer") && value.matches("-?\\d{1,18}")) {
                    form.put(name, Long.parseLong(value));
                } else if (type.contains("number")) {
                    form.put(name, new java.math.BigDecimal(value));
                } else if (type.contains("boolean")) {
                    form.put(name, Boolean.parseBoolean(value));
                } else {
                    form.put(name, value);
                }
            });
            return form;
        }

        /** The schema with all of the document beside it, so that what it refers to is found. */
        private Schema compile(JsonNode schema) {
            ObjectNode whole = EventJson.MAPPER.createObjectNode();
            List.of("components", "definitions").forEach(part -> {
                if (document.has(part)) {
                    whole.set(part, document.path(part));
                }
            });
            whole.putArray("allOf").add(schema);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(whole);
        }

        private JsonNode resolved(JsonNode node) {
            JsonNode target = node;
            for (int i = 0; i < 10 && target.has("$ref"); i++) {
                target = document.at(target.path("$ref").asText().substring(1));
            }
            return target;
        }
    }
}

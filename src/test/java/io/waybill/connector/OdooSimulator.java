package io.waybill.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.connector.OdooRecords.Refused;
import io.waybill.order.EventJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An Odoo over HTTP: version 19 understands /json/2 and /jsonrpc, 16 the latter only. Answers as recorded ones do. */
final class OdooSimulator extends Simulator {
    static final String KEY = "0123456789abcdef\"quoted";
    static final String LOGIN = "sync@lab.example";
    static final String DATABASE = "lab";
    private static final long USER = 5;
    private static final Map<String, List<String>> BY_PLACE = Map.of(
            "create", List.of("vals_list"),
            "write", List.of("ids", "vals"),
            "load", List.of("fields", "data"),
            "search_read", List.of("domain"),
            "fields_get", List.of(),
            "context_get", List.of());

    final OdooRecords records;
    private final int version;

    OdooSimulator(int version) {
        this.version = version;
        this.records = new OdooRecords(version);
        on("GET", "/web/version", request -> version >= 19 ? version() : Answer.html(404));
        on("POST", "/json/2/([a-z0-9._]+)/([a-z0-9_]+)", this::json2);
        on("POST", "/jsonrpc", this::jsonrpc);
    }

    private Answer version() {
        return Answer.json(200, "{\"version_info\": [19, 0, 0, \"final\", 0, \"\"], \"version\": \"19.0\"}");
    }

    @Override
    Optional<Answer> unauthorised(Request request) {
        return request.path().startsWith("/json/2/") && !("bearer " + KEY).equals(request.header("Authorization"))
                ? Optional.of(refused())
                : Optional.empty();
    }

    @Override
    Answer refused() {
        return version >= 19
                ? Answer.json(401, error("werkzeug.exceptions.Unauthorized", "Invalid apikey"))
                : rpc(new Refused("odoo.exceptions.AccessDenied", 401, "Access Denied"));
    }

    private Answer json2(Request request) {
        if (version < 19 || !DATABASE.equals(request.header("X-Odoo-Database"))) {
            return Answer.html(404);
        }
        try {
            ObjectNode named = request.json().deepCopy();
            return Answer.json(
                    200, records.call(request.groups().get(0), request.groups().get(1), named));
        } catch (Refused e) {
            return Answer.json(e.status(), error(e.name(), e.getMessage()));
        }
    }

    private Answer jsonrpc(Request request) {
        try {
            JsonNode params = request.json().path("params");
            return result(
                    params.path("service").asText().equals("common")
                            ? common(params.path("method").asText(), params.path("args"))
                            : object(params.path("args")));
        } catch (Refused e) {
            return rpc(e);
        }
    }

    private JsonNode common(String method, JsonNode arguments) {
        if (method.equals("version")) {
            return EventJson.MAPPER.valueToTree(Map.of("server_version_info", List.of(version, 0, 0, "final", 0, "")));
        }
        checkDatabase(arguments);
        boolean known = arguments.path(1).asText().equals(LOGIN)
                && arguments.path(2).asText().equals(KEY);
        return EventJson.MAPPER.valueToTree(known ? USER : false);
    }

    private JsonNode object(JsonNode arguments) {
        checkDatabase(arguments);
        if (arguments.path(1).asLong() != USER || !arguments.path(2).asText().equals(KEY)) {
            throw new Refused("odoo.exceptions.AccessDenied", 401, "Access Denied");
        }
        String method = arguments.path(4).asText();
        ObjectNode named = arguments.path(6).isMissingNode()
                ? EventJson.MAPPER.createObjectNode()
                : arguments.path(6).deepCopy();
        List<String> names = BY_PLACE.getOrDefault(method, List.of("ids"));
        for (int i = 0; i < arguments.path(5).size(); i++) {
            named.set(names.get(i), arguments.path(5).get(i));
        }
        return records.call(arguments.path(3).asText(), method, named);
    }

    private static void checkDatabase(JsonNode arguments) {
        String database = arguments.path(0).asText();
        if (!database.equals(DATABASE)) {
            throw new Refused(
                    "psycopg2.OperationalError",
                    500,
                    "connection failed: FATAL:  database \"" + database + "\" does not exist\n");
        }
    }

    private static ObjectNode error(String name, String message) {
        ObjectNode error = EventJson.MAPPER.createObjectNode().put("name", name).put("message", message);
        ArrayNode arguments = error.putArray("arguments");
        arguments.add(message);
        error.putObject("context");
        return error.put("debug", "<traceback>");
    }

    private static Answer result(JsonNode result) {
        ObjectNode body =
                EventJson.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
        body.set("result", result);
        return Answer.json(200, body);
    }

    /** What is not there has other names in the older tongue. */
    private static Refused older(Refused refused) {
        String message = refused.getMessage();
        if (!refused.name().endsWith("NotFound")) {
            return refused;
        }
        return message.startsWith("the model")
                ? new Refused("odoo.exceptions.UserError", 422, "Object " + message.split("'")[1] + " doesn't exist")
                : new Refused("builtins.AttributeError", 500, message);
    }

    private Answer rpc(Refused refused) {
        ObjectNode body =
                EventJson.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("id", 1);
        body.putObject("error")
                .put("code", version >= 19 ? 0 : 200)
                .put("message", "Odoo Server Error")
                .set("data", error(older(refused).name(), older(refused).getMessage()));
        return Answer.json(200, body);
    }
}

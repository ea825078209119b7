package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A template is one operation of a connector: its file, its id, its parameter and its endpoint say the same name. */
final class TemplateLint {
    private static final Pattern PLACE = Pattern.compile("connectors/([^/]+)/([^/]+)\\.camel\\.yaml");

    private final RouteUnit unit;
    private final Findings findings;

    TemplateLint(RouteUnit unit, Findings findings) {
        this.unit = unit;
        this.findings = findings;
    }

    /** The connector and operation that a path belongs to. */
    static Optional<Place> place(String path) {
        Matcher matcher = PLACE.matcher(path);
        return matcher.matches() ? Optional.of(new Place(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    record Place(String connector, String word) {
        Optional<Operation> operation() {
            return Operation.of(word);
        }
    }

    void run() {
        Optional<Place> place = place(unit.path());
        if (place.isEmpty()) {
            error(
                    "",
                    BundleError.ROUTE_TEMPLATE_MISPLACED,
                    "nothing makes routes of a template here",
                    "put it into connectors/<connector>/<operation>.camel.yaml");
        } else if (place.get().operation().isEmpty()) {
            error(
                    "",
                    BundleError.UNKNOWN_OPERATION,
                    "\"" + place.get().word() + "\" is no operation",
                    Nearest.fix(place.get().word(), Operation.words()));
        } else {
            checkNames(place.get());
        }
    }

    private void checkNames(Place place) {
        String id = place.connector() + "-" + place.word();
        if (!unit.id().isEmpty() && !unit.id().equals(id)) {
            error(
                    "/id",
                    BundleError.ROUTE_TEMPLATE_MISPLACED,
                    "the template is called \"" + unit.id() + "\"",
                    "write id: \"" + id + "\", as folder and file say");
        }
        JsonNode parameters = unit.node().path("parameters");
        if (!ConnectorReader.names(parameters).equals(List.of("channel"))) {
            error(
                    parameters.isMissingNode() ? "" : "/parameters",
                    BundleError.ROUTE_TEMPLATE_MISPLACED,
                    "a template has exactly one parameter",
                    "write parameters: [{ name: \"channel\" }]; settings are read when they are needed");
        }
        String consumed = "{{channel}}-" + place.word();
        RouteUnit body = unit.body();
        Endpoint from = Endpoint.of(body.node().path("from"));
        if (!from.direct().equals(Optional.of(consumed))) {
            findings.error(
                    unit.path(),
                    body.line("/from"),
                    BundleError.ROUTE_TEMPLATE_MISPLACED,
                    "the template does not start at its operation",
                    "write from: { uri: \"direct:" + consumed + "\" }");
        }
    }

    private void error(String below, BundleError code, String message, String fix) {
        findings.error(unit.path(), unit.line(below), code, message, fix);
    }
}

package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Documents.Document;
import io.waybill.channel.RouteUnit.Type;
import java.util.List;
import java.util.Set;

/** Holds one {@code *.camel.yaml} against the form we write routes in: canonical, named, explained, in its place. */
final class RouteFileLint {
    private static final Set<String> GLOBAL = Set.of(
            "onException", "errorHandler", "onCompletion", "intercept", "interceptFrom", "interceptSendToEndpoint");
    private static final Set<String> KNOWN = Set.of(
            "beans",
            "dataFormats",
            "restConfiguration",
            "rest",
            "templatedRoute",
            "route",
            "routeTemplate",
            "routeConfiguration");

    private final Document document;
    private final Findings findings;

    RouteFileLint(Document document, Findings findings) {
        this.document = document;
        this.findings = findings;
    }

    void run() {
        JsonNode tree = document.yaml().tree();
        if (!tree.isArray()) {
            error("", BundleError.ROUTE_SHAPE, "a route file is a list", "start with \"- route:\"");
            return;
        }
        for (int i = 0; i < tree.size(); i++) {
            checkEntry("/" + i, tree.get(i));
        }
        List<RouteUnit> units = RouteUnit.of(document);
        checkCount(units);
        units.forEach(this::checkUnit);
    }

    private void checkEntry(String at, JsonNode entry) {
        if (!entry.isObject() || entry.size() != 1) {
            error(
                    at,
                    BundleError.ROUTE_SHAPE,
                    entry.isObject() ? "this entry has more than one key" : "this entry is no route",
                    "write \"- route:\" and indent what belongs to it");
            return;
        }
        String word = entry.fieldNames().next();
        String key = YamlFile.pointer(at, word);
        if (word.equals("from")) {
            error(
                    key,
                    BundleError.ROUTE_SHORTHAND,
                    "a bare from has no id",
                    "write - route: { id, description, from }");
        } else if (GLOBAL.contains(word)) {
            error(
                    key,
                    BundleError.ROUTE_ERRORS_UNNAMED,
                    word + " at the top level reaches into other files' routes",
                    "put it into a routeConfiguration with an id, and name that in routeConfigurationId");
        } else if (!KNOWN.contains(word)) {
            error(key, BundleError.ROUTE_SHAPE, "\"" + word + "\" is nothing that runs", Nearest.fix(word, KNOWN));
        } else if (Type.of(word).isPresent() && !entry.path(word).isObject()) {
            error(key, BundleError.ROUTE_SHAPE, word + " is empty", "indent what belongs to it");
        }
    }

    private void checkCount(List<RouteUnit> units) {
        List<RouteUnit> routes =
                units.stream().filter(unit -> unit.type() != Type.CONFIGURATION).toList();
        if (routes.size() > 1) {
            RouteUnit second = routes.get(1);
            findings.warning(
                    document.path(),
                    second.line(""),
                    BundleError.ROUTES_IN_ONE_FILE,
                    "a second route in one file",
                    "give it a file of its own, named by what it does");
        }
    }

    private void checkUnit(RouteUnit unit) {
        if (unit.id().isEmpty()) {
            error(
                    unit.pointer(),
                    unit.type() == Type.CONFIGURATION ? BundleError.ROUTE_ERRORS_UNNAMED : BundleError.ROUTE_ID_MISSING,
                    unit.type() == Type.CONFIGURATION
                            ? "a routeConfiguration without id reaches into every file"
                            : "the " + unit.type().word() + " has no id",
                    "write id: with a name that says what it does");
        }
        switch (unit.type()) {
            case CONFIGURATION -> walk(unit, "");
            case ROUTE -> checkRoute(unit, unit);
            case TEMPLATE -> {
                new TemplateLint(unit, findings).run();
                checkRoute(unit, unit.body());
            }
        }
    }

    private void checkRoute(RouteUnit unit, RouteUnit body) {
        if (!unit.node().path("description").isTextual()
                && !body.node().path("description").isTextual()) {
            findings.warning(
                    document.path(),
                    unit.line(""),
                    BundleError.ROUTE_DESCRIPTION_MISSING,
                    "the " + unit.type().word() + " has no description",
                    "write one line that a clerk understands");
        }
        if (body.node().has("route") || body.node().has("steps")) {
            String key = body.node().has("steps") ? "/steps" : "/route";
            error(body.pointer() + key, BundleError.ROUTE_SHAPE, "steps: belongs under from:", "indent it further");
        }
        JsonNode from = body.node().path("from");
        if (from.isTextual()) {
            error(
                    body.pointer() + "/from",
                    BundleError.ROUTE_SHORTHAND,
                    "from is written short",
                    "write from: { uri: \"…\", steps: […] }");
        } else if (!from.isObject() || !from.path("uri").isTextual()) {
            error(body.pointer(), BundleError.ROUTE_SHAPE, "the route has no from: with a uri:", "say where it starts");
        }
        walk(body, "/from");
    }

    private void walk(RouteUnit unit, String below) {
        new StepLint(document, findings)
                .walk(unit.pointer() + below, unit.node().at(below), lastWord(below));
    }

    private static String lastWord(String below) {
        return below.substring(below.lastIndexOf('/') + 1);
    }

    private void error(String at, BundleError code, String message, String fix) {
        findings.error(document.path(), document.line(at), code, message, fix);
    }

    /** A file that replaces a shipped one says which contract it keeps, in a comment at its top. */
    static void checkContract(String path, String text, Findings findings) {
        List<String> head = text.lines().limit(5).toList();
        for (int i = 0; i < head.size(); i++) {
            if (head.get(i).matches("#\\s*contract:.*")) {
                String number =
                        head.get(i).replaceFirst("#\\s*contract:\\s*", "").trim();
                if (!number.equals(String.valueOf(ShippedFiles.CONTRACT))) {
                    findings.error(
                            path,
                            i + 1,
                            BundleError.CONTRACT_MISMATCH,
                            "written for contract " + number + "; this version keeps contract " + ShippedFiles.CONTRACT,
                            "compare it with the shipped one, then write # contract: " + ShippedFiles.CONTRACT);
                }
                return;
            }
        }
        if (ShippedFiles.ALL.containsKey(path)) {
            findings.warning(
                    path,
                    1,
                    BundleError.CONTRACT_MISMATCH,
                    "replaces a shipped file and does not say for which contract it was written",
                    "write \"# contract: " + ShippedFiles.CONTRACT + "\" as its first line");
        }
    }
}

package io.waybill.channel;

import io.waybill.channel.Documents.Document;
import io.waybill.channel.RouteUnit.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What can be known of routes without building them, above all what Camel itself lets pass: ids used twice across files,
 * error configurations that are nowhere, {@code direct:} calls that nobody answers.
 */
final class RouteLint {
    private final Map<String, Channel> channels;
    private final Set<String> refused;
    private final List<RouteUnit> units;
    private final List<Document> documents;
    private final Findings findings;

    /** @param refused channels left out for mistakes of their own: what only their routes would answer is not missed */
    RouteLint(Documents documents, Map<String, Channel> channels, Set<String> refused, Findings findings) {
        this.documents = documents.of(FileKind.ROUTE);
        this.channels = channels;
        this.refused = refused;
        this.units =
                this.documents.stream().flatMap(d -> RouteUnit.of(d).stream()).toList();
        this.findings = findings;
    }

    void run() {
        documents.forEach(document -> new RouteFileLint(document, findings).run());
        checkIds();
        checkConfigurations();
        new DirectLint(units, this::channelsOf, refused, findings).run();
    }

    /** The channels that a route file runs for: those of its operation, or none in particular. */
    private List<String> channelsOf(RouteUnit unit) {
        return TemplateLint.place(unit.path()).stream()
                .flatMap(place -> place.operation().stream().flatMap(operation -> channels.values().stream()
                        .filter(channel -> channel.connector().name().equals(place.connector()))
                        .filter(channel -> channel.can(operation))
                        .map(Channel::name)))
                .toList();
    }

    private void checkIds() {
        Map<String, RouteUnit> routes = new HashMap<>();
        Map<String, RouteUnit> configurations = new HashMap<>();
        for (RouteUnit unit : units) {
            if (unit.id().isEmpty()) {
                continue;
            }
            RouteUnit first =
                    (unit.type() == Type.CONFIGURATION ? configurations : routes).putIfAbsent(unit.id(), unit);
            if (first != null) {
                duplicate(unit, unit.line("/id"), unit.id(), first.path() + ":" + first.line("/id"));
            }
        }
        for (RouteUnit unit : units) {
            if (unit.type() == Type.TEMPLATE) {
                channelsOf(unit).forEach(channel -> checkMade(unit, channel, routes));
            }
        }
    }

    /** A template's routes are called {@code <channel>-<operation>}: no route may be called so already. */
    private void checkMade(RouteUnit template, String channel, Map<String, RouteUnit> routes) {
        String id = channel + "-"
                + TemplateLint.place(template.path()).orElseThrow().word();
        RouteUnit taken = routes.get(id);
        if (taken != null && taken.type() == Type.ROUTE) {
            duplicate(taken, taken.line("/id"), id, template.path() + " for channel " + channel);
        }
    }

    private void duplicate(RouteUnit unit, int line, String id, String other) {
        findings.error(
                unit.path(),
                line,
                BundleError.ROUTE_ID_DUPLICATE,
                "the id \"" + id + "\" is used twice; also by " + other,
                "rename one of them");
    }

    private void checkConfigurations() {
        Set<String> known = new TreeSet<>();
        units.stream()
                .filter(unit -> unit.type() == Type.CONFIGURATION && !unit.id().isEmpty())
                .forEach(unit -> known.add(unit.id()));
        for (RouteUnit unit : units) {
            if (unit.type() != Type.CONFIGURATION) {
                checkConfiguration(unit, unit.body(), known);
            }
        }
    }

    private void checkConfiguration(RouteUnit unit, RouteUnit body, Set<String> known) {
        String named = body.node().path("routeConfigurationId").asText("");
        if (named.isEmpty() && known.isEmpty()) {
            return;
        }
        if (named.isEmpty()) {
            findings.warning(
                    unit.path(),
                    unit.line(""),
                    BundleError.ROUTE_ERRORS_UNNAMED,
                    "nothing says what happens to errors of this " + unit.type().word(),
                    "name one of " + known + " in routeConfigurationId");
            return;
        }
        Set<String> unknown = new HashSet<>(List.of(named.split("\\s*,\\s*")));
        unknown.removeIf(name -> known.stream().anyMatch(id -> id.matches(wildcard(name))));
        unknown.forEach(name -> findings.error(
                unit.path(),
                body.line("/routeConfigurationId"),
                BundleError.ROUTE_CONFIGURATION_UNKNOWN,
                "there is no routeConfiguration \"" + name + "\"",
                Nearest.fix(name, known)));
    }

    private static String wildcard(String name) {
        return name.endsWith("*") ? Pattern.quote(name.substring(0, name.length() - 1)) + ".*" : Pattern.quote(name);
    }
}

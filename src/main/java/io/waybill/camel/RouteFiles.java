package io.waybill.camel;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Finding;
import io.waybill.channel.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.support.PatternHelper;

/** All route files of a bundle read as outlines, and the mistakes that only show when they are seen together. */
final class RouteFiles {
    private static final Set<String> OWN_PATHS =
            Set.of("api", "console", "actuator", "webhooks", "openapi.json", "login", "logout", "error");
    private static final String CHANNEL = "{{channel}}";

    /** A route that a template makes for one channel. */
    record Instance(Channel channel, Operation operation) {
        String templateId() {
            return channel.connector().name() + "-" + operation.word();
        }

        String routeId() {
            return channel.name() + "-" + operation.word();
        }

        String file() {
            return "connectors/" + channel.connector().name() + "/" + operation.word() + ".camel.yaml";
        }
    }

    /** Where a route was written. For one made from a template that is the template. */
    record Place(RouteOutline outline, RouteOutline.Definition definition) {
        String file() {
            return outline.file();
        }
    }

    private final List<RouteOutline> outlines;
    private final List<Instance> instances;
    private final Map<String, Place> places = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private RouteFiles(Bundle bundle) {
        outlines = bundle.routeFiles().stream()
                .sorted(Comparator.comparing(Bundle.RouteFile::path))
                .map(RouteOutline::of)
                .toList();
        instances = instancesOf(bundle);
    }

    static RouteFiles of(Bundle bundle) {
        RouteFiles files = new RouteFiles(bundle);
        files.check();
        return files;
    }

    List<Instance> instances() {
        return instances;
    }

    List<Finding> findings() {
        return findings;
    }

    Stream<RouteOutline> outlines() {
        return outlines.stream();
    }

    Optional<RouteOutline> outline(String file) {
        return outlines.stream().filter(o -> o.file().equals(file)).findFirst();
    }

    Optional<Place> placeOf(String routeId) {
        return Optional.ofNullable(places.get(routeId));
    }

    /** Where a live endpoint was written: same text once options are cut and the channel's name is put in. */
    Optional<Finding> findingAt(String endpointUri, RouteMistake mistake, String message) {
        String base = base(endpointUri);
        for (RouteOutline outline : outlines) {
            for (RouteOutline.Endpoint endpoint : outline.endpoints()) {
                if (pattern(endpoint).matcher(base).matches()) {
                    return Optional.of(mistake.at(outline.file(), endpoint.line(), message));
                }
            }
        }
        return Optional.empty();
    }

    private static Pattern pattern(RouteOutline.Endpoint endpoint) {
        String[] parts = normal(endpoint.base()).split("\\{\\{[^}]*}}", -1);
        return Pattern.compile(
                String.join(".*", Stream.of(parts).map(Pattern::quote).toList()));
    }

    private static String base(String uri) {
        int options = uri.indexOf('?');
        return normal(options < 0 ? uri : uri.substring(0, options));
    }

    private static String normal(String uri) {
        return uri.replaceFirst(":/{0,2}", ":");
    }

    private static List<Instance> instancesOf(Bundle bundle) {
        return bundle.channels().values().stream()
                .sorted(Comparator.comparing(Channel::name))
                .flatMap(channel -> Stream.of(Operation.values())
                        .filter(channel::can)
                        .map(operation -> new Instance(channel, operation)))
                .toList();
    }

    private void check() {
        outlines.forEach(outline -> findings.addAll(outline.findings()));
        collectPlaces();
        findDuplicateSteps();
        findMissingTemplates();
        findUnknownConfigurations();
        findConsumers();
        findReservedPaths();
    }

    private void collectPlaces() {
        Map<String, Place> byKindAndId = new HashMap<>();
        for (RouteOutline outline : outlines) {
            for (RouteOutline.Definition definition : outline.definitions()) {
                Place place = new Place(outline, definition);
                Place first = byKindAndId.putIfAbsent(definition.kind() + " " + definition.id(), place);
                if (first != null) {
                    duplicate(place, first);
                } else if (definition.kind() == RouteOutline.Kind.ROUTE) {
                    places.put(definition.id(), place);
                }
            }
        }
    }

    private void duplicate(Place place, Place first) {
        findings.add(RouteMistake.DUPLICATE_ID.at(
                place.file(),
                place.definition().line(),
                "the id '" + place.definition().id() + "' is taken by " + first.file() + ":"
                        + first.definition().line()));
    }

    private void findDuplicateSteps() {
        Map<String, String> seen = new HashMap<>();
        for (RouteOutline outline : outlines) {
            for (RouteOutline.StepId step : outline.stepIds()) {
                String first = seen.putIfAbsent(step.id(), outline.file() + ":" + step.line());
                if (first != null) {
                    findings.add(RouteMistake.DUPLICATE_ID.at(
                            outline.file(), step.line(), "the step id '" + step.id() + "' is taken by " + first));
                }
            }
        }
    }

    private void findMissingTemplates() {
        for (Instance instance : instances) {
            template(instance).ifPresentOrElse(place -> addInstance(instance, place), () -> missingTemplate(instance));
        }
    }

    private Optional<Place> template(Instance instance) {
        return outlines.stream()
                .flatMap(outline -> outline.definitions().stream()
                        .filter(d -> d.kind() == RouteOutline.Kind.TEMPLATE && d.id().equals(instance.templateId()))
                        .map(d -> new Place(outline, d)))
                .findFirst();
    }

    private void addInstance(Instance instance, Place template) {
        Place taken = places.putIfAbsent(instance.routeId(), template);
        if (taken != null) {
            findings.add(RouteMistake.DUPLICATE_ID.at(
                    taken.file(),
                    taken.definition().line(),
                    "the id '" + instance.routeId() + "' belongs to channel "
                            + instance.channel().name()));
        }
    }

    private void missingTemplate(Instance instance) {
        Finding finding = RouteMistake.MISSING_TEMPLATE.at(
                instance.file(), 0, "no routeTemplate has the id '" + instance.templateId() + "'");
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    private void findUnknownConfigurations() {
        Set<String> known = new HashSet<>();
        definitions(RouteOutline.Kind.CONFIGURATION)
                .forEach(place -> known.add(place.definition().id()));
        definitions(RouteOutline.Kind.ROUTE).forEach(place -> unknownConfiguration(place, known));
        definitions(RouteOutline.Kind.TEMPLATE).forEach(place -> unknownConfiguration(place, known));
    }

    private Stream<Place> definitions(RouteOutline.Kind kind) {
        return outlines.stream().flatMap(outline -> outline.definitions().stream()
                .filter(d -> d.kind() == kind)
                .map(d -> new Place(outline, d)));
    }

    private void unknownConfiguration(Place place, Set<String> known) {
        String wanted = place.definition().configurationId();
        if (wanted == null) {
            return;
        }
        for (String pattern : wanted.split(",")) {
            if (known.stream().noneMatch(id -> PatternHelper.matchPattern(id, pattern.trim()))) {
                findings.add(RouteMistake.UNKNOWN_ROUTE_CONFIGURATION.at(
                        place.file(),
                        place.definition().configurationLine(),
                        "no routeConfiguration has the id '" + pattern.trim() + "'"));
            }
        }
    }

    private void findConsumers() {
        Map<String, String> consumed = new HashMap<>();
        eachEndpoint((outline, endpoint) -> {
            if (endpoint.consumed() && endpoint.literal() && !endpoint.inTemplate()) {
                consume(consumed, outline, endpoint);
            }
        });
        Set<String> made = madeByTemplates();
        eachEndpoint((outline, endpoint) -> {
            if (!endpoint.consumed() && endpoint.literal() && isDirect(endpoint)) {
                String name = normal(endpoint.base());
                if (!consumed.containsKey(name) && !made.contains(name)) {
                    findings.add(RouteMistake.NO_CONSUMER.at(
                            outline.file(), endpoint.line(), "no route consumes from '" + endpoint.base() + "'"));
                }
            }
        });
    }

    private void consume(Map<String, String> consumed, RouteOutline outline, RouteOutline.Endpoint endpoint) {
        String first = consumed.putIfAbsent(normal(endpoint.base()), outline.file() + ":" + endpoint.line());
        if (first != null && isDirect(endpoint)) {
            findings.add(RouteMistake.DUPLICATE_CONSUMER.at(
                    outline.file(), endpoint.line(), "'" + endpoint.base() + "' is consumed at " + first + " too"));
        }
    }

    private static boolean isDirect(RouteOutline.Endpoint endpoint) {
        return endpoint.scheme().equals("direct");
    }

    private Set<String> madeByTemplates() {
        Set<String> made = new HashSet<>();
        eachEndpoint((outline, endpoint) -> {
            if (endpoint.consumed() && endpoint.inTemplate()) {
                instances.forEach(i -> made.add(
                        normal(endpoint.base().replace(CHANNEL, i.channel().name()))));
            }
        });
        return made;
    }

    private void findReservedPaths() {
        eachEndpoint((outline, endpoint) -> {
            if (endpoint.consumed()
                    && endpoint.scheme().equals("platform-http")
                    && OWN_PATHS.contains(firstSegment(endpoint))) {
                findings.add(RouteMistake.RESERVED_PATH.at(
                        outline.file(), endpoint.line(), "'" + endpoint.base() + "' is a path of Waybill's own"));
            }
        });
    }

    private static String firstSegment(RouteOutline.Endpoint endpoint) {
        String path =
                normal(endpoint.base()).substring("platform-http:".length()).replaceFirst("^/+", "");
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private void eachEndpoint(java.util.function.BiConsumer<RouteOutline, RouteOutline.Endpoint> action) {
        outlines.forEach(outline -> outline.endpoints().forEach(endpoint -> action.accept(outline, endpoint)));
    }
}

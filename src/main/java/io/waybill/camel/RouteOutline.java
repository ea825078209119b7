package io.waybill.camel;

import io.waybill.channel.Bundle;
import io.waybill.channel.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The skeleton of one route file with exact lines: what it defines and which endpoints it names. Camel's own model loses
 * the lines of steps (they are one too low) and merges files, so every check that names a line reads this instead.
 */
final class RouteOutline {
    private static final Set<String> NEED_STEPS = Set.of(
            "filter",
            "when",
            "otherwise",
            "split",
            "loop",
            "doTry",
            "doCatch",
            "doFinally",
            "aggregate",
            "multicast",
            "pipeline",
            "circuitBreaker",
            "onFallback",
            "idempotentConsumer",
            "resequence",
            "loadBalance",
            "saga",
            "step",
            "intercept",
            "interceptFrom",
            "interceptSendToEndpoint",
            "onCompletion");
    private static final Set<String> SENDS = Set.of("to", "toD", "wireTap", "poll", "enrich", "pollEnrich");

    enum Kind {
        ROUTE,
        TEMPLATE,
        CONFIGURATION
    }

    /** @param line of its {@code id}, from 1; {@code lastLine} is the last line of the whole definition */
    record Definition(
            Kind kind,
            String id,
            int line,
            int firstLine,
            int lastLine,
            @Nullable String configurationId,
            int configurationLine) {}

    /** @param consumed true for {@code from} */
    record Endpoint(String uri, int line, boolean consumed, boolean inTemplate, String step) {
        String scheme() {
            int colon = uri.indexOf(':');
            return colon < 0 ? uri : uri.substring(0, colon);
        }

        /** Without options. */
        String base() {
            int options = uri.indexOf('?');
            return options < 0 ? uri : uri.substring(0, options);
        }

        /** Whether the text is the whole truth: nothing is filled in at run time or per channel. */
        boolean literal() {
            return !base().contains("{{") && !base().contains("${");
        }
    }

    /** The {@code id} of a step in a plain route; those in templates get the channel's name in front. */
    record StepId(String id, int line) {}

    private final String file;
    private final String[] lines;
    private final List<StepId> stepIds = new ArrayList<>();
    private final List<Definition> definitions = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean inTemplate;
    private boolean inRoute;

    private RouteOutline(Bundle.RouteFile file) {
        this.file = file.path();
        this.lines = file.yaml().split("\n", -1);
    }

    static RouteOutline of(Bundle.RouteFile file) {
        RouteOutline outline = new RouteOutline(file);
        outline.read(file.yaml());
        return outline;
    }

    String file() {
        return file;
    }

    List<Definition> definitions() {
        return definitions;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    List<StepId> stepIds() {
        return stepIds;
    }

    List<Finding> findings() {
        return findings;
    }

    boolean defines(Kind kind, String id) {
        return definitions.stream().anyMatch(d -> d.kind() == kind && d.id().equals(id));
    }

    /** The first line of this definition that contains one of the words, most telling word first; else the fallback. */
    int lineOf(Definition definition, List<String> words, int fallback) {
        return lineOf(definition.firstLine(), definition.lastLine(), words, fallback);
    }

    /** The first line of the file that contains one of the words; 0 when none does. */
    int lineOf(List<String> words) {
        return lineOf(1, lines.length, words, 0);
    }

    private int lineOf(int first, int last, List<String> words, int fallback) {
        for (String word : words) {
            for (int line = first; line <= Math.min(last, lines.length); line++) {
                if (lines[line - 1].contains(word)) {
                    return line;
                }
            }
        }
        return fallback;
    }

    /** Where this definition says what it consumes from. */
    int sourceLine(Definition definition) {
        return endpoints.stream()
                .filter(Endpoint::consumed)
                .mapToInt(Endpoint::line)
                .filter(line -> line >= definition.firstLine() && line <= definition.lastLine())
                .findFirst()
                .orElse(definition.line());
    }

    private void read(String yaml) {
        try {
            Optional<Node> root =
                    new Compose(LoadSettings.builder().setLabel(file).build()).composeString(yaml);
            root.ifPresentOrElse(this::definitions, () -> add(RouteMistake.EMPTY_FILE, 0, "the file is empty"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            add(RouteMistake.INVALID_YAML, line, "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            add(RouteMistake.INVALID_YAML, 0, "this is not YAML: " + e.getMessage());
        }
    }

    private void definitions(Node root) {
        if (!(root instanceof SequenceNode list) || list.getValue().isEmpty()) {
            add(RouteMistake.NOT_CANONICAL, line(root), "a route file is a list of definitions");
            return;
        }
        for (Node entry : list.getValue()) {
            if (entry instanceof MappingNode definition) {
                definition(definition);
            } else {
                add(RouteMistake.NOT_CANONICAL, line(entry), "a definition is a mapping such as '- route:'");
            }
        }
        walk(root);
    }

    private void definition(MappingNode entry) {
        for (NodeTuple tuple : entry.getValue()) {
            Node value = tuple.getValueNode();
            switch (text(tuple.getKeyNode())) {
                case "route" -> define(Kind.ROUTE, value, entry);
                case "routeTemplate", "route-template" -> define(Kind.TEMPLATE, value, entry);
                case "routeConfiguration", "route-configuration" -> define(Kind.CONFIGURATION, value, entry);
                case "from" -> add(RouteMistake.NOT_CANONICAL, line(entry), "a 'from' stands outside a route");
                case "errorHandler" ->
                    add(
                            RouteMistake.ERROR_HANDLER_LEAKS,
                            line(entry),
                            "an 'errorHandler' at the top of a file also changes the routes of other files");
                default -> {}
            }
        }
    }

    private void define(Kind kind, Node node, MappingNode entry) {
        Node id = child(node, "id");
        if (!(id instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            if (kind != Kind.CONFIGURATION) {
                add(
                        RouteMistake.MISSING_ID,
                        line(entry),
                        "a " + kind.name().toLowerCase(java.util.Locale.ROOT) + " has no id");
            }
            return;
        }
        Node configuration = child(node, "routeConfigurationId");
        definitions.add(new Definition(
                kind,
                scalar.getValue(),
                line(id),
                line(entry),
                lastLine(entry),
                configuration == null ? null : text(configuration),
                configuration == null ? 0 : line(configuration)));
    }

    private void walk(Node node) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::walk);
        } else if (node instanceof MappingNode mapping) {
            duplicates(mapping);
            mapping.getValue().forEach(tuple -> step(text(tuple.getKeyNode()), tuple));
        }
    }

    private void duplicates(MappingNode mapping) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!seen.add(text(tuple.getKeyNode()))) {
                add(
                        RouteMistake.DUPLICATE_KEY,
                        line(tuple.getKeyNode()),
                        "'" + text(tuple.getKeyNode()) + "' is given twice");
            }
        }
    }

    private void step(String name, NodeTuple tuple) {
        Node value = tuple.getValueNode();
        boolean template = name.equals("routeTemplate") || name.equals("route-template");
        inTemplate |= template;
        if (name.equals("from")) {
            endpoint(name, value, true);
        } else if (SENDS.contains(name)) {
            endpoint(name, value, false);
        } else if (NEED_STEPS.contains(name)) {
            steps(name, tuple);
        } else if (name.equals("transacted")) {
            add(RouteMistake.TRANSACTED_REFUSED, line(tuple.getKeyNode()), "'transacted' commits on its own");
        }
        if (inRoute && child(value, "id") instanceof ScalarNode id) {
            stepIds.add(new StepId(id.getValue(), line(id)));
        }
        boolean route = name.equals("route") && !inTemplate;
        inRoute |= route;
        if (!name.equals("parameters")) {
            walk(value);
        }
        inRoute &= !route;
        inTemplate &= !template;
    }

    private void steps(String name, NodeTuple tuple) {
        for (Node node :
                tuple.getValueNode() instanceof SequenceNode list ? list.getValue() : List.of(tuple.getValueNode())) {
            if (node instanceof MappingNode && child(node, "steps") == null) {
                add(RouteMistake.MISSING_STEPS, line(tuple.getKeyNode()), "'" + name + "' has no steps");
            }
        }
    }

    private void endpoint(String name, Node value, boolean consumed) {
        Node uri = value instanceof MappingNode ? uriIn(value) : value;
        if (uri instanceof ScalarNode scalar) {
            endpoints.add(new Endpoint(scalar.getValue().trim(), line(uri), consumed, inTemplate, name));
        } else if (consumed || name.equals("to") || name.equals("toD")) {
            add(RouteMistake.MISSING_URI, line(value), "'" + name + "' has no uri");
        }
    }

    private static @Nullable Node uriIn(Node value) {
        Node uri = child(value, "uri");
        if (uri != null) {
            return uri;
        }
        Node expression = child(value, "expression");
        Node constant = expression == null ? null : child(expression, "constant");
        return constant instanceof MappingNode ? child(constant, "expression") : constant;
    }

    private static @Nullable Node child(Node node, String name) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (text(tuple.getKeyNode()).equals(name)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static int lastLine(Node node) {
        return node.getEndMark().map(mark -> mark.getLine() + 1).orElse(Integer.MAX_VALUE);
    }

    private void add(RouteMistake mistake, int line, String message) {
        findings.add(mistake.at(file, line, message));
    }
}

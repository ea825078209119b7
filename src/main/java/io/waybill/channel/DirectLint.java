package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.RouteUnit.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Every {@code direct:} call needs exactly one route that answers it; templates count once for each of their channels. */
final class DirectLint {
    private static final String CHANNEL = "{{channel}}";

    private final List<RouteUnit> units;
    private final Function<RouteUnit, List<String>> channelsOf;
    private final Set<String> refused;
    private final Findings findings;
    private final Map<String, String> consumers = new TreeMap<>();

    DirectLint(
            List<RouteUnit> units,
            Function<RouteUnit, List<String>> channelsOf,
            Set<String> refused,
            Findings findings) {
        this.units = units;
        this.channelsOf = channelsOf;
        this.refused = refused;
        this.findings = findings;
    }

    void run() {
        units.forEach(this::addConsumer);
        units.forEach(unit -> walk(unit, unit.pointer(), unit.node()));
    }

    private void addConsumer(RouteUnit unit) {
        RouteUnit body = unit.body();
        Endpoint.of(body.node().path("from")).direct().ifPresent(name -> {
            for (String each : names(unit, name)) {
                String first = consumers.putIfAbsent(each, unit.path());
                if (first != null) {
                    findings.error(
                            unit.path(),
                            body.line("/from"),
                            BundleError.DIRECT_CONSUMED_TWICE,
                            "direct:" + each + " is already answered by " + first,
                            "rename one of them");
                }
            }
        });
    }

    private void walk(RouteUnit unit, String at, JsonNode node) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(unit, at + "/" + i, node.get(i));
            }
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String below = YamlFile.pointer(at, entry.getKey());
            if (!entry.getKey().equals("from") && !entry.getKey().equals("parameters")) {
                Endpoint.of(entry.getValue())
                        .direct()
                        .filter(name -> isCall(entry))
                        .ifPresent(name -> names(unit, name).forEach(each -> checkCall(unit, below, each)));
            }
            if (!entry.getKey().equals("parameters")) {
                walk(unit, below, entry.getValue());
            }
        }
    }

    /** {@code to: { uri: … }} or {@code to: "…"}; text elsewhere only looks like an endpoint. */
    private static boolean isCall(Map.Entry<String, JsonNode> entry) {
        return entry.getValue().isObject() || List.of("to", "toD", "wireTap").contains(entry.getKey());
    }

    private void checkCall(RouteUnit unit, String at, String name) {
        if (!consumers.containsKey(name) && !wouldBeAnswered(name)) {
            findings.error(
                    unit.path(),
                    unit.document().line(at),
                    BundleError.DIRECT_WITHOUT_CONSUMER,
                    "no route answers direct:" + name,
                    Nearest.fix(name, consumers.keySet()));
        }
    }

    /** By a channel that was refused for mistakes of its own. */
    private boolean wouldBeAnswered(String name) {
        return refused.stream()
                .anyMatch(channel -> name.startsWith(channel + "-")
                        && Operation.of(name.substring(channel.length() + 1)).isPresent());
    }

    /** What the name stands for; other placeholders are not known here. */
    private List<String> names(RouteUnit unit, String name) {
        List<String> names = unit.type() == Type.TEMPLATE && name.contains(CHANNEL)
                ? channelsOf.apply(unit).stream()
                        .map(channel -> name.replace(CHANNEL, channel))
                        .toList()
                : List.of(name);
        return names.stream().filter(each -> !each.contains("{{")).toList();
    }
}

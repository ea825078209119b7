package io.waybill.channel;

import io.waybill.rule.RuleSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that runs: one accepted reading of {@code routes/}. Immutable; a generation is its running form.
 *
 * @param resources text files that routes refer to (mappings, queries), by path
 * @param rules by the channel whose events they are for
 */
public record Bundle(
        String hash,
        Map<String, Connector> connectors,
        Map<String, Channel> channels,
        List<RouteFile> routeFiles,
        Map<String, StatusMapping> statusMappings,
        SkuAliases skus,
        Map<String, String> resources,
        Map<String, RuleSet> rules) {

    public Bundle {
        connectors = byName(connectors);
        channels = byName(channels);
        routeFiles = List.copyOf(routeFiles);
        statusMappings = byName(statusMappings);
        resources = byName(resources);
        rules = byName(rules);
    }

    /** In the order of their names, so that whatever goes through them does so in the same order each time. */
    private static <T> Map<String, T> byName(Map<String, T> named) {
        return Collections.unmodifiableMap(new TreeMap<>(named));
    }

    public Bundle(
            String hash,
            Map<String, Connector> connectors,
            Map<String, Channel> channels,
            List<RouteFile> routeFiles,
            Map<String, StatusMapping> statusMappings,
            SkuAliases skus,
            Map<String, String> resources) {
        this(hash, connectors, channels, routeFiles, statusMappings, skus, resources, Map.of());
    }

    public Bundle(
            String hash, Map<String, Connector> connectors, Map<String, Channel> channels, List<RouteFile> routeFiles) {
        this(hash, connectors, channels, routeFiles, Map.of(), SkuAliases.NONE, Map.of());
    }

    /** One {@code *.camel.yaml}; {@code path} is relative to {@code routes/}, with forward slashes. */
    public record RouteFile(String path, String yaml) {}

    public Optional<Channel> channel(String name) {
        return Optional.ofNullable(channels.get(name));
    }

    /** The rules for everything that comes from that channel. */
    public RuleSet rulesOf(String channel) {
        return rules.getOrDefault(channel, RuleSet.EMPTY);
    }

    /** The same with other rules for some channels. */
    Bundle withRules(Map<String, RuleSet> others) {
        Map<String, RuleSet> changed = new HashMap<>(rules);
        changed.putAll(others);
        return new Bundle(hash, connectors, channels, routeFiles, statusMappings, skus, resources, changed);
    }

    /** What the statuses of one channel mean to another, by name; empty where nobody configured it. */
    public List<StatusMapping> statusMappings(String from, String to) {
        return statusMappings.values().stream()
                .filter(mapping -> mapping.from().equals(from) && mapping.to().equals(to))
                .sorted(Comparator.comparing(StatusMapping::name))
                .toList();
    }

    public Optional<String> resource(String path) {
        return Optional.ofNullable(resources.get(path));
    }

    /** The path of the channel's own mapping of what comes in; its text is the {@link #resource}. */
    public Optional<String> readEventMapping(String channel) {
        return Stream.of("channels/", "sandbox/channels/")
                .map(folder -> folder + channel + ".read-event.jslt")
                .filter(resources::containsKey)
                .findFirst();
    }

    /** Where orders of a channel go unless rules say otherwise: those listed, else by role. */
    public List<Channel> destinationsOf(Channel source) {
        if (source.destinations() != null) {
            return source.destinations().stream()
                    .flatMap(name -> channel(name).stream())
                    .toList();
        }
        if (source.role() != Role.MARKETPLACE) {
            return List.of();
        }
        return channels.values().stream()
                .filter(channel -> channel.role() != Role.MARKETPLACE && channel.can(Operation.CREATE_ORDER))
                .sorted(Comparator.comparing(Channel::name))
                .toList();
    }
}

package io.waybill.channel;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that runs: one accepted reading of {@code routes/}. Immutable; a generation is its running form.
 *
 * @param resources text files that routes refer to (mappings, queries), by path
 */
public record Bundle(
        String hash,
        Map<String, Connector> connectors,
        Map<String, Channel> channels,
        List<RouteFile> routeFiles,
        Map<String, StatusMapping> statusMappings,
        SkuAliases skus,
        Map<String, String> resources) {

    public Bundle {
        connectors = Map.copyOf(connectors);
        channels = Map.copyOf(channels);
        routeFiles = List.copyOf(routeFiles);
        statusMappings = Map.copyOf(statusMappings);
        resources = Map.copyOf(resources);
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

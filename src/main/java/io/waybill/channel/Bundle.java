package io.waybill.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that runs: one accepted reading of {@code routes/}. Immutable; a generation is its running form. */
public record Bundle(
        String hash, Map<String, Connector> connectors, Map<String, Channel> channels, List<RouteFile> routeFiles) {

    public Bundle {
        connectors = Map.copyOf(connectors);
        channels = Map.copyOf(channels);
        routeFiles = List.copyOf(routeFiles);
    }

    /** One {@code *.camel.yaml}; {@code path} is relative to {@code routes/}, with forward slashes. */
    public record RouteFile(String path, String yaml) {}

    public Optional<Channel> channel(String name) {
        return Optional.ofNullable(channels.get(name));
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
                .sorted(java.util.Comparator.comparing(Channel::name))
                .toList();
    }
}

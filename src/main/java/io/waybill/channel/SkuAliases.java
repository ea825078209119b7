package io.waybill.channel;

import java.util.Map;
import java.util.stream.Collectors;

/** What our SKUs are called at a channel, from {@code skus.yaml}. */
public record SkuAliases(Map<String, Map<String, String>> byChannel) {
    public static final SkuAliases NONE = new SkuAliases(Map.of());

    public SkuAliases {
        byChannel = byChannel.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Map.copyOf(entry.getValue())));
    }

    public boolean hasFor(String channel) {
        return byChannel.containsKey(channel);
    }

    /** Those of one channel: our SKU, and the one there. */
    public Map<String, String> of(String channel) {
        return byChannel.getOrDefault(channel, Map.of());
    }

    /** The SKU there: the alias, else our own. */
    public String at(String channel, String sku) {
        return of(channel).getOrDefault(sku, sku);
    }
}

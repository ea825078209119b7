package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Documents.Document;
import io.waybill.order.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code statuses/<name>.yaml} and {@code skus.yaml}: both speak about channels that must be there. */
final class StatusMappingReader {
    private final Set<String> channels;
    private final Findings findings;

    StatusMappingReader(Set<String> channels, Findings findings) {
        this.channels = channels;
        this.findings = findings;
    }

    Map<String, StatusMapping> read(Documents documents) {
        Map<String, StatusMapping> mappings = new TreeMap<>();
        documents.byName(FileKind.STATUSES).forEach((name, document) -> {
            check(document);
            if (!findings.refuse(document.path())) {
                mappings.put(name, mapping(name, document));
            }
        });
        return mappings;
    }

    SkuAliases skus(Documents documents) {
        Map<String, Map<String, String>> aliases = new TreeMap<>();
        for (Document document : documents.of(FileKind.SKUS)) {
            for (Map.Entry<String, JsonNode> entry : document.yaml().tree().properties()) {
                checkChannel(document, YamlFile.pointer("", entry.getKey()), entry.getKey());
                aliases.computeIfAbsent(entry.getKey(), key -> new TreeMap<>())
                        .putAll(ChannelReader.settings(entry.getValue()));
            }
        }
        return new SkuAliases(aliases);
    }

    private void check(Document document) {
        JsonNode tree = document.yaml().tree();
        for (String side : Set.of("from", "to")) {
            if (tree.path(side).isTextual()) {
                checkChannel(document, "/" + side, tree.path(side).asText());
            }
        }
        checkDirection(document, tree);
        if (tree.path("statuses").isArray() && tree.path("statuses").isEmpty()) {
            findings.error(
                    document.path(),
                    document.line("/statuses"),
                    BundleError.NO_STATUSES,
                    "no status is synchronised",
                    "name at least one status under statuses:, or delete the file");
        }
        if (tree.path("every").isTextual()
                && !DurationWords.isPace(tree.path("every").asText())) {
            findings.error(
                    document.path(),
                    document.line("/every"),
                    BundleError.BAD_DURATION,
                    "\"" + tree.path("every").asText() + "\" is no pace between 1s and 366d",
                    DurationWords.ADVICE);
        }
        for (int i = 0; i < tree.path("statuses").size(); i++) {
            checkMapped(document, i, tree);
        }
    }

    private void checkDirection(Document document, JsonNode tree) {
        String to = tree.path("to").asText();
        if (to.equals(tree.path("from").asText())) {
            findings.error(
                    document.path(),
                    document.line("/to"),
                    BundleError.BAD_VALUE,
                    "\"" + to + "\" would tell itself",
                    "name two channels");
        }
    }

    private void checkMapped(Document document, int index, JsonNode tree) {
        String status = tree.path("statuses").get(index).asText();
        if (tree.path("map").isObject() && !tree.path("map").has(status)) {
            findings.warning(
                    document.path(),
                    document.line("/statuses/" + index),
                    BundleError.BAD_VALUE,
                    "\"" + status + "\" is synchronised but not mapped: its updates will be held",
                    "add it under map:");
        }
    }

    private void checkChannel(Document document, String at, String name) {
        if (!channels.contains(name)) {
            findings.error(
                    document.path(),
                    document.line(at),
                    BundleError.UNKNOWN_CHANNEL,
                    "there is no channel \"" + name + "\"",
                    Nearest.fix(name, channels));
        }
    }

    private static StatusMapping mapping(String name, Document document) {
        JsonNode tree = document.yaml().tree();
        Map<String, Status> map = new HashMap<>();
        tree.path("map")
                .properties()
                .forEach(entry ->
                        map.put(entry.getKey(), Status.of(entry.getValue().asText())));
        return new StatusMapping(
                name,
                document.path(),
                tree.path("from").asText(),
                tree.path("to").asText(),
                tree.path("itemId").asText(null),
                tree.path("orderId").asText(null),
                ConnectorReader.words(tree.path("statuses")),
                map,
                tree.has("every") ? Durations.parse(tree.path("every").asText()) : null);
    }
}

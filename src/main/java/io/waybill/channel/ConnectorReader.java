package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Documents.Document;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Reads {@code connector.yaml} and sees which operations lie beside it. */
final class ConnectorReader {
    private static final Pattern OPERATION_FILE = Pattern.compile("connectors/([^/]+)/([^/]+)\\.camel\\.yaml");

    private static final Pattern BRACES = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");
    /** What braces hold beside settings. */
    private static final Set<String> MADE_AT_CALL =
            Set.of("accessToken", "timestamp", "timestampMillis", "signature", "method", "path", "query", "body");

    private final BundleFiles files;
    private final Findings findings;

    ConnectorReader(BundleFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** Those that are right; a mistake in one is a finding and leaves it out. */
    Map<String, Connector> read(Documents documents) {
        Map<String, Connector> connectors = new TreeMap<>();
        for (Document document : documents.of(FileKind.CONNECTOR)) {
            check(document);
            if (!findings.refuse(document.path())) {
                connectors.put(document.name(), connector(document));
            }
        }
        return connectors;
    }

    private void check(Document document) {
        JsonNode tree = document.yaml().tree();
        if (!tree.path("name").asText(document.name()).equals(document.name())) {
            findings.error(
                    document.path(),
                    document.line("/name"),
                    BundleError.BAD_VALUE,
                    "the connector is called \"" + tree.path("name").asText() + "\" in a folder \"" + document.name()
                            + "\"",
                    "write name: " + document.name() + " or rename the folder");
        }
        if (tree.path("contract").asInt(ShippedFiles.CONTRACT) != ShippedFiles.CONTRACT) {
            findings.error(
                    document.path(),
                    document.line("/contract"),
                    BundleError.CONTRACT_MISMATCH,
                    "written for contract " + tree.path("contract").asText() + "; this version keeps contract "
                            + ShippedFiles.CONTRACT,
                    "compare it with the shipped one, then write contract: " + ShippedFiles.CONTRACT);
        }
        if (!DurationWords.isDuration(tree.at("/find/settle").asText("0s"))) {
            findings.error(
                    document.path(),
                    document.line("/find/settle"),
                    BundleError.BAD_DURATION,
                    "\"" + tree.at("/find/settle").asText() + "\" is not a duration",
                    DurationWords.ADVICE);
        }
        checkNeeds(document, tree);
        checkSecret(document, tree);
        checkCalls(document, tree);
        checkPatterns(document, tree);
    }

    private void checkNeeds(Document document, JsonNode tree) {
        Set<Operation> there = operations(document.name());
        for (Map.Entry<String, JsonNode> need : tree.path("needs").properties()) {
            String at = YamlFile.pointer("/needs", need.getKey());
            Optional<Operation> operation = Operation.of(need.getKey());
            if (operation.isEmpty()) {
                checkOperation(document, at, need.getKey());
            } else if (!there.contains(operation.get())) {
                findings.warning(
                        document.path(),
                        document.line(at),
                        BundleError.OPERATION_MISSING,
                        "there is no " + need.getKey() + ".camel.yaml beside it",
                        "add the file, or leave the operation out of needs:");
            }
            for (int i = 0; i < need.getValue().size(); i++) {
                checkKnown(document, tree, at + "/" + i, need.getValue().get(i).asText());
            }
        }
    }

    private void checkOperation(Document document, String at, String word) {
        if (Operation.of(word).isEmpty()) {
            findings.error(
                    document.path(),
                    document.line(at),
                    BundleError.UNKNOWN_OPERATION,
                    "\"" + word + "\" is no operation",
                    Nearest.fix(word, Operation.words()));
        }
    }

    private void checkSecret(Document document, JsonNode tree) {
        if (tree.at("/webhook/secret").isTextual()) {
            checkKnown(
                    document,
                    tree,
                    "/webhook/secret",
                    tree.at("/webhook/secret").asText());
        }
    }

    /** The settings that calls are made with, by name and within braces. */
    private void checkCalls(Document document, JsonNode tree) {
        for (String at : List.of(
                "/calls/basic/user",
                "/calls/basic/password",
                "/calls/oauth2/clientId",
                "/calls/oauth2/clientSecret",
                "/calls/oauth2/refreshToken",
                "/calls/signing/key")) {
            if (tree.at(at).isTextual()) {
                checkKnown(document, tree, at, tree.at(at).asText());
            }
        }
        JsonNode repeatable = tree.at("/calls/repeatable");
        for (int i = 0; i < repeatable.size(); i++) {
            checkOperation(document, "/calls/repeatable/" + i, repeatable.get(i).asText());
        }
        checkBraces(document, tree, "/calls/base");
        checkBraces(document, tree, "/calls/oauth2/url");
        checkBraces(document, tree, "/calls/signing/text");
        for (String map : List.of("/calls/headers", "/calls/oauth2/form")) {
            tree.at(map)
                    .fieldNames()
                    .forEachRemaining(name -> checkBraces(document, tree, YamlFile.pointer(map, name)));
        }
    }

    private void checkBraces(Document document, JsonNode tree, String at) {
        BRACES.matcher(tree.at(at).asText(""))
                .results()
                .map(braces -> braces.group(1))
                .filter(name -> !MADE_AT_CALL.contains(name))
                .forEach(name -> checkKnown(document, tree, at, name));
    }

    private void checkPatterns(Document document, JsonNode tree) {
        checkPattern(document, "/webhook/ping", tree.at("/webhook/ping"));
        JsonNode answers = tree.path("answers");
        for (int i = 0; i < answers.size(); i++) {
            checkPattern(document, "/answers/" + i + "/matches", answers.get(i).path("matches"));
        }
    }

    private void checkPattern(Document document, String at, JsonNode pattern) {
        try {
            Pattern.compile(pattern.asText(""));
        } catch (PatternSyntaxException e) {
            findings.error(
                    document.path(),
                    document.line(at),
                    BundleError.BAD_VALUE,
                    "\"" + pattern.asText() + "\" is no regular expression",
                    "correct it: " + e.getDescription());
        }
    }

    private void checkKnown(Document document, JsonNode tree, String at, String setting) {
        if (!tree.path("settings").has(setting)) {
            List<String> known = new ArrayList<>();
            tree.path("settings").fieldNames().forEachRemaining(known::add);
            findings.error(
                    document.path(),
                    document.line(at),
                    BundleError.UNKNOWN_SETTING,
                    "\"" + setting + "\" is not declared under settings:",
                    Nearest.fix(setting, known));
        }
    }

    private Set<Operation> operations(String connector) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (String path : files.all().keySet()) {
            Matcher file = OPERATION_FILE.matcher(path);
            if (file.matches() && file.group(1).equals(connector)) {
                Operation.of(file.group(2)).ifPresent(operations::add);
            }
        }
        return operations;
    }

    private Connector connector(Document document) {
        JsonNode tree = document.yaml().tree();
        return new Connector(
                document.name(),
                tree.path("title").asText(),
                settings(tree.path("settings")),
                needs(tree.path("needs")),
                operations(document.name()),
                tree.path("idempotent").asBoolean(false),
                Durations.parse(tree.at("/find/settle").asText("30s")),
                tree.path("stampsReference").asBoolean(false),
                webhook(tree.path("webhook")),
                words(tree.path("statuses")),
                ChannelReader.limits(tree.path("limits"), Channel.Limits.DEFAULT),
                answers(tree.path("answers")),
                calls(tree.path("calls"), tree.at("/inventory/batch").asInt(Connector.Calls.BATCH)));
    }

    private static Map<String, Connector.Setting> settings(JsonNode declared) {
        Map<String, Connector.Setting> settings = new LinkedHashMap<>();
        declared.properties()
                .forEach(entry -> settings.put(
                        entry.getKey(),
                        new Connector.Setting(
                                entry.getValue().path("type").asText(),
                                entry.getValue().path("required").asBoolean(false),
                                entry.getValue().path("secret").asBoolean(false),
                                entry.getValue().path("example").asText(null),
                                entry.getValue().path("description").asText(null),
                                entry.getValue().path("default").asText(null))));
        return settings;
    }

    private static Map<Operation, List<String>> needs(JsonNode declared) {
        Map<Operation, List<String>> needs = new EnumMap<>(Operation.class);
        declared.properties().forEach(entry -> Operation.of(entry.getKey())
                .ifPresent(operation -> needs.put(operation, words(entry.getValue()))));
        return needs;
    }

    private static Connector.Webhook webhook(JsonNode webhook) {
        return webhook.isMissingNode()
                ? Connector.Webhook.NONE
                : new Connector.Webhook(
                        webhook.path("signature").asText(),
                        wordOrWords(webhook.path("signatureHeader")),
                        webhook.path("secret").asText("webhookSecret"),
                        words(webhook.path("eventId")),
                        words(webhook.path("topic")),
                        webhook.path("key").asText("text"),
                        webhook.path("ping").asText(null));
    }

    private static List<String> wordOrWords(JsonNode node) {
        return node.isTextual() ? List.of(node.asText()) : words(node);
    }

    private static List<Connector.Answer> answers(JsonNode answers) {
        List<Connector.Answer> list = new ArrayList<>();
        answers.forEach(answer -> list.add(new Connector.Answer(
                answer.path("status").asText(),
                answer.path("contains").asText(null),
                Connector.Answer.Meaning.valueOf(
                        answer.path("means").asText().toUpperCase(Locale.ROOT).replace('-', '_')),
                answer.path("retryAfter").asText(null),
                answer.path("contentType").asText(null),
                answer.path("at").asText(null),
                answer.has("matches") ? Pattern.compile(answer.path("matches").asText()) : null)));
        return list;
    }

    private static Connector.Calls calls(JsonNode calls, int inventoryBatch) {
        return calls.isMissingNode()
                ? Connector.Calls.NONE
                : new Connector.Calls(
                        calls.path("base").asText(""),
                        ChannelReader.settings(calls.path("headers")),
                        calls.has("basic")
                                ? new Connector.Basic(
                                        calls.at("/basic/user").asText(),
                                        calls.at("/basic/password").asText())
                                : null,
                        calls.has("oauth2") ? oauth(calls.path("oauth2")) : null,
                        calls.has("signing")
                                ? new Connector.Signing(
                                        calls.at("/signing/algorithm").asText(),
                                        calls.at("/signing/key").asText(),
                                        calls.at("/signing/text").asText())
                                : null,
                        words(calls.path("says")),
                        words(calls.path("repeatable")).stream()
                                .flatMap(word -> Operation.of(word).stream())
                                .collect(Collectors.toSet()),
                        inventoryBatch);
    }

    private static Connector.OAuth oauth(JsonNode oauth) {
        return new Connector.OAuth(
                oauth.path("url").asText(),
                oauth.path("grant").asText(),
                oauth.path("clientId").asText(),
                oauth.path("clientSecret").asText(null),
                oauth.path("refreshToken").asText(null),
                ChannelReader.settings(oauth.path("form")),
                oauth.path("client").asText("form").equals("header"),
                Durations.parse(oauth.path("early").asText("2m")));
    }

    static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}

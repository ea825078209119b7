package io.waybill.channel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file under {@code routes/} is, told by its path alone. The sandbox has channels, rules and statuses of its own. */
enum FileKind {
    ROUTE("(?:.*/)?([^/]+)\\.camel\\.yaml"),
    SAMPLE("(?:.*/)?samples/(.+)"),
    CONNECTOR("connectors/([^/]+)/connector\\.yaml"),
    CHANNEL("(?:sandbox/)?channels/([^/]+)\\.yaml"),
    RULE_TESTS("(?:sandbox/)?rules/([^/]+)\\.test\\.yaml"),
    RULES("(?:sandbox/)?rules/([^/]+)\\.yaml"),
    STATUSES("(?:sandbox/)?statuses/([^/]+)\\.yaml"),
    SKUS("(?:sandbox/)?(skus)\\.yaml"),
    UNKNOWN_YAML("(.*)\\.ya?ml"),
    RESOURCE("(.*)");

    private final Pattern path;

    FileKind(String path) {
        this.path = Pattern.compile(path);
    }

    static FileKind of(String path) {
        for (FileKind kind : values()) {
            if (kind.path.matcher(path).matches()) {
                return kind;
            }
        }
        return RESOURCE;
    }

    /** The part of the path that names the thing: the channel's, the connector's, the mapping's. */
    String nameOf(String file) {
        Matcher matcher = path.matcher(file);
        return matcher.matches() ? matcher.group(1) : file;
    }

    /** The JSON Schema its content must fit. Routes and rules are held against more than a schema can say. */
    Optional<String> schema() {
        return switch (this) {
            case CONNECTOR -> Optional.of("connector");
            case CHANNEL -> Optional.of("channel");
            case RULE_TESTS -> Optional.of("rule-tests");
            case STATUSES -> Optional.of("statuses");
            case SKUS -> Optional.of("skus");
            case ROUTE, RULES, SAMPLE, UNKNOWN_YAML, RESOURCE -> Optional.empty();
        };
    }
}

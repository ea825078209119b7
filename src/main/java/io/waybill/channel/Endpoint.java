package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a step goes: its URI as text, and the parameters beside it. */
record Endpoint(String uri, JsonNode parameters) {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+-]*)(?::.*)?");
    private static final Pattern HOST = Pattern.compile("^(?:[a-zA-Z0-9+-]+:)*/{0,2}(?:[^/@?]*@)?(?<host>[^/?:@]+)");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[?::1]?");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(.*(password|passwd|secret|token|apikey|api-key|accesskey|passphrase|privatekey)|key|pwd)");

    static Endpoint of(JsonNode step) {
        return step.isTextual()
                ? new Endpoint(step.asText(), step.path("parameters"))
                : new Endpoint(step.path("uri").asText(""), step.path("parameters"));
    }

    private String scheme() {
        Matcher matcher = SCHEME.matcher(uri);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** The name of a {@code direct:} endpoint, however it is written; a dynamic one has none. */
    Optional<String> direct() {
        if (!scheme().equals("direct")) {
            return Optional.empty();
        }
        String name = uri.contains(":")
                ? uri.replaceFirst("direct:(//)?", "").replaceFirst("\\?.*", "")
                : parameters.path("name").asText("");
        return name.isEmpty() || name.contains("${") ? Optional.empty() : Optional.of(name);
    }

    /** A host written out; loopback and dynamic ones are not. */
    Optional<String> host() {
        if (!scheme().matches("https?|netty-http|ftp|ftps|sftp|smtps?|imaps?|pop3s?|tcp")) {
            return Optional.empty();
        }
        Matcher matcher = HOST.matcher(uri);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String host = matcher.group("host");
        boolean literal = host.contains(".") && !host.contains("{") && !host.contains("$");
        return literal && !LOOPBACK.matcher(host).matches() ? Optional.of(host) : Optional.empty();
    }

    /** The option that holds a secret written out. */
    Optional<String> secret() {
        if (uri.matches("[^?]*//[^/@?{$]+:[^/@?{$]+@.*")) {
            return Optional.of("user:password@");
        }
        int query = uri.indexOf('?');
        if (query >= 0) {
            for (String option : uri.substring(query + 1).split("&", -1)) {
                int equals = option.indexOf('=');
                if (equals > 0 && isSecret(option.substring(0, equals), option.substring(equals + 1))) {
                    return Optional.of(option.substring(0, equals));
                }
            }
        }
        return parameters.properties().stream()
                .filter(option -> isSecret(option.getKey(), option.getValue().asText()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isSecret(String name, String value) {
        return SECRET.matcher(name).matches()
                && !value.isEmpty()
                && !value.contains("{{")
                && !value.contains("${")
                && !value.startsWith("#");
    }
}

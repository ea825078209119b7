package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Documents.Document;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a channel's settings against what its connector declares. No finding repeats a value: it may be a secret. */
final class SettingChecks {
    private final Settings values;
    private final Findings findings;

    SettingChecks(Settings values, Findings findings) {
        this.values = values;
        this.findings = findings;
    }

    void check(Document document, Connector connector) {
        JsonNode settings = document.yaml().tree().path("settings");
        connector.settings().forEach((name, setting) -> {
            if (setting.required() && !settings.has(name)) {
                error(
                        document,
                        "/settings",
                        BundleError.MISSING_SETTING,
                        "setting \"" + name + "\" is missing; connector " + connector.name() + " needs it",
                        "add it under settings:"
                                + (setting.example() == null ? "" : " " + name + ": \"" + setting.example() + "\""));
            }
        });
        for (Map.Entry<String, JsonNode> entry : settings.properties()) {
            checkOne(document, connector, entry.getKey(), entry.getValue());
        }
        checkWebhooks(document, connector.webhook(), settings);
    }

    /** Only a warning: a channel that only gets things sent needs no secret, and the sandbox has none. */
    private void checkWebhooks(Document document, Connector.Webhook webhook, JsonNode settings) {
        if (webhook.signature().equals("none") || document.isSandbox()) {
            return;
        }
        JsonNode secret = settings.path(webhook.secret());
        if (secret.isMissingNode()) {
            findings.warning(
                    document.path(),
                    document.line("/settings"),
                    BundleError.UNSIGNED_WEBHOOKS,
                    "without " + webhook.secret() + " anybody who reaches the port may post to /webhooks/"
                            + document.name(),
                    "add " + webhook.secret() + ": \"{{env:NAME}}\" under settings:");
        } else if (webhook.signature().equals("standard-webhooks")) {
            values.resolved(secret.asText())
                    .filter(value -> !value.isBlank() && !value.startsWith("whsec_"))
                    .ifPresent(value -> findings.warning(
                            document.path(),
                            document.line(YamlFile.pointer("/settings", webhook.secret())),
                            BundleError.SECRET_FORM,
                            "the secret in " + webhook.secret() + " does not begin with whsec_",
                            "write whsec_ and the Base64 of the key: \"whsec_$(openssl rand -base64 32)\""));
        }
    }

    private void checkOne(Document document, Connector connector, String name, JsonNode value) {
        String at = YamlFile.pointer("/settings", name);
        Connector.Setting setting = connector.settings().get(name);
        if (setting == null) {
            error(
                    document,
                    at,
                    BundleError.UNKNOWN_SETTING,
                    "connector " + connector.name() + " has no setting \"" + name + "\"",
                    Nearest.fix(name, connector.settings().keySet()));
        } else if (value.isValueNode() && !value.isNull()) {
            checkValue(document, at, name, setting, value.asText());
        }
    }

    private void checkValue(Document document, String at, String name, Connector.Setting setting, String text) {
        if (Settings.hasStrangeBraces(text)) {
            error(
                    document,
                    at,
                    BundleError.BAD_REFERENCE,
                    "setting \"" + name + "\" holds {{…}} that is no reference",
                    "write \"{{env:NAME}}\" or \"{{file:/path}}\"");
            return;
        }
        if (setting.secret() && !document.isSandbox() && !Settings.onlyReferences(text)) {
            error(
                    document,
                    at,
                    BundleError.PLAIN_SECRET,
                    "setting \"" + name + "\" is a secret and is written out",
                    "put it into the environment or a file and write \"{{env:NAME}}\" or \"{{file:/path}}\"; change the secret, since it was on disk");
        }
        values.unresolved(text).forEach(reference -> unresolved(document, at, reference));
        values.resolved(text).ifPresent(resolved -> checkType(document, at, name, setting, resolved));
    }

    private void unresolved(Document document, String at, String reference) {
        String name = reference.substring(reference.indexOf(':') + 1, reference.length() - 2);
        if (reference.startsWith("{{env:")) {
            error(
                    document,
                    at,
                    BundleError.VARIABLE_NOT_SET,
                    "environment variable " + name + " is not set",
                    "set it for the server's process and start it again");
        } else {
            error(
                    document,
                    at,
                    BundleError.SECRET_FILE_UNREADABLE,
                    "file " + name + " cannot be read",
                    "create it and let the server's user read it");
        }
    }

    private void checkType(Document document, String at, String name, Connector.Setting setting, String value) {
        String problem = problem(setting.type(), value.trim());
        if (problem != null) {
            error(document, at, BundleError.BAD_SETTING, "setting \"" + name + "\" " + problem, example(setting));
        }
    }

    private static String example(Connector.Setting setting) {
        return setting.example() == null ? example(setting.type()) : "such as \"" + setting.example() + "\"";
    }

    private static String example(String type) {
        return switch (type) {
            case "duration" -> DurationWords.ADVICE;
            case "boolean" -> "write true or false";
            case "integer" -> "such as 100";
            case "url" -> "such as \"https://shop.example.com\"";
            default -> "write a value";
        };
    }

    private static @Nullable String problem(String type, String value) {
        return switch (type) {
            case "url" -> isHttp(value) ? null : "must be a whole http or https address";
            case "jdbc-url" -> value.startsWith("jdbc:") ? null : "must be a JDBC address";
            case "boolean" -> value.equals("true") || value.equals("false") ? null : "must be true or false";
            case "integer" -> value.matches("-?[0-9]{1,9}") ? null : "must be a whole number";
            case "duration" -> DurationWords.isDuration(value) ? null : "must be a duration";
            default -> value.isEmpty() ? "is empty" : null;
        };
    }

    private static boolean isHttp(String value) {
        try {
            URI uri = new URI(value);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void error(Document document, String at, BundleError code, String message, String fix) {
        findings.error(document.path(), document.line(at), code, message, fix);
    }
}

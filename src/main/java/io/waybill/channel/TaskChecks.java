package io.waybill.channel;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Documents.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the tasks of one channel against what it can do and against the clock. */
final class TaskChecks {
    private static final CronParser QUARTZ =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
    private static final List<String> DURATIONS = List.of("overlap", "since");

    private final Document document;
    private final @Nullable Connector connector;
    private final Findings findings;

    TaskChecks(Document document, @Nullable Connector connector, Findings findings) {
        this.document = document;
        this.connector = connector;
        this.findings = findings;
    }

    /** Why a channel with this file cannot do it, or null when it can. */
    static @Nullable String lacks(Connector connector, Operation operation, JsonNode channel) {
        if (!connector.operations().contains(operation)) {
            return "connector " + connector.name() + " has no " + operation.word() + ".camel.yaml";
        }
        List<String> missing = connector.needs(operation).stream()
                .filter(setting -> !channel.path("settings").has(setting) && !hasDefault(connector, setting))
                .toList();
        return missing.isEmpty() ? null : "setting " + String.join(", ", missing) + " is missing";
    }

    private static boolean hasDefault(Connector connector, String setting) {
        Connector.Setting declared = connector.settings().get(setting);
        return declared != null && declared.otherwise() != null;
    }

    void check(String word, JsonNode task) {
        String at = YamlFile.pointer("/tasks", word);
        TaskKind.of(word).ifPresent(kind -> checkCapability(kind, at));
        if (!task.isObject()) {
            return;
        }
        if (task.has("every") == task.has("cron")) {
            error(
                    at,
                    BundleError.BAD_VALUE,
                    task.has("cron") ? word + " has both every and cron" : word + " has neither every nor cron",
                    "write one of them, such as { every: 10m }");
        }
        checkPace(at + "/every", task.path("every"));
        DURATIONS.forEach(option -> checkDuration(at + "/" + option, task.path(option)));
        checkCron(at + "/cron", task.path("cron"));
    }

    private void checkCapability(TaskKind kind, String at) {
        if (connector == null) {
            return;
        }
        String lack = lacks(connector, kind.operation(), document.yaml().tree());
        if (lack != null) {
            error(
                    at,
                    BundleError.CANNOT_DO,
                    "this channel cannot do " + kind.word() + ": " + lack,
                    lack.startsWith("setting") ? "add it under settings:" : "remove the task");
        }
    }

    private void checkPace(String at, JsonNode every) {
        if (every.isTextual() && !DurationWords.isPace(every.asText())) {
            error(
                    at,
                    BundleError.BAD_DURATION,
                    "\"" + every.asText() + "\" is no pace between 1s and 366d",
                    DurationWords.ADVICE);
        }
    }

    private void checkDuration(String at, JsonNode value) {
        if (value.isTextual() && !DurationWords.isDuration(value.asText())) {
            error(at, BundleError.BAD_DURATION, "\"" + value.asText() + "\" is not a duration", DurationWords.ADVICE);
        }
    }

    private void checkCron(String at, JsonNode cron) {
        if (!cron.isTextual()) {
            return;
        }
        try {
            QUARTZ.parse(cron.asText()).validate();
        } catch (IllegalArgumentException e) {
            error(
                    at,
                    BundleError.BAD_CRON,
                    "\"" + cron.asText() + "\" is not a Quartz expression",
                    "write second, minute, hour, day, month, weekday, with ? for day or weekday: \"0 30 6 * * ?\"");
        }
    }

    private void error(String at, BundleError code, String message, String fix) {
        findings.error(document.path(), document.line(at), code, message, fix);
    }
}

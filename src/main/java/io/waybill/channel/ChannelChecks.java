package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Documents.Document;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a schema cannot say about a channel's file: that what it names is there, and that it can do what it is told to. */
final class ChannelChecks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private final Documents documents;
    private final Map<String, Document> channels;
    private final Map<String, Connector> connectors;
    private final Set<String> folders;
    private final SettingChecks settings;
    private final Findings findings;

    ChannelChecks(Documents documents, Map<String, Connector> connectors, Settings values, Findings findings) {
        this.documents = documents;
        this.channels = documents.byName(FileKind.CHANNEL);
        this.connectors = connectors;
        this.folders = documents.names(FileKind.CONNECTOR);
        this.settings = new SettingChecks(values, findings);
        this.findings = findings;
    }

    void run() {
        for (Document document : documents.of(FileKind.CHANNEL)) {
            Document other = channels.getOrDefault(document.name(), document);
            if (other != document) {
                findings.error(
                        document.path(),
                        0,
                        BundleError.DUPLICATE_CHANNEL,
                        "channel \"" + document.name() + "\" is already in " + other.path(),
                        "rename one of the files");
            }
            check(document);
        }
    }

    private void check(Document document) {
        checkName(document);
        @Nullable Connector connector = connector(document);
        if (connector != null) {
            settings.check(document, connector);
        }
        JsonNode tree = document.yaml().tree();
        JsonNode destinations = tree.path("destinations");
        for (int i = 0; destinations.isArray() && i < destinations.size(); i++) {
            checkDestination(document, "/destinations/" + i, destinations.get(i).asText());
        }
        TaskChecks tasks = new TaskChecks(document, connector, findings);
        tree.path("tasks").properties().forEach(task -> tasks.check(task.getKey(), task.getValue()));
        checkRate(document);
    }

    private void checkName(Document document) {
        if (!NAME.matcher(document.name()).matches()) {
            findings.error(
                    document.path(),
                    0,
                    BundleError.BAD_CHANNEL_NAME,
                    "\"" + document.name() + "\" cannot name a channel",
                    "use 1 to 40 of a-z, 0-9 and - for the file's name");
        }
    }

    private @Nullable Connector connector(Document document) {
        String name = document.yaml().tree().path("connector").asText("");
        if (!name.isEmpty() && !folders.contains(name)) {
            findings.error(
                    document.path(),
                    document.line("/connector"),
                    BundleError.UNKNOWN_CONNECTOR,
                    "there is no connector \"" + name + "\"",
                    Nearest.fix(name, folders));
        }
        return connectors.get(name);
    }

    private void checkDestination(Document document, String at, String name) {
        Set<String> others = documents.names(FileKind.CHANNEL);
        others.remove(document.name());
        if (!others.contains(name)) {
            findings.error(
                    document.path(),
                    document.line(at),
                    BundleError.UNKNOWN_CHANNEL,
                    name.equals(document.name())
                            ? "the channel cannot be its own destination"
                            : "there is no channel \"" + name + "\"",
                    Nearest.fix(name, others));
        } else if (channels.containsKey(name)) {
            checkCanCreate(document, at, name, channels.get(name).yaml().tree());
        }
    }

    private void checkCanCreate(Document document, String at, String name, JsonNode destination) {
        Connector connector = connectors.get(destination.path("connector").asText());
        String lack = connector == null ? null : TaskChecks.lacks(connector, Operation.CREATE_ORDER, destination);
        if (lack != null) {
            findings.warning(
                    document.path(),
                    document.line(at),
                    BundleError.CANNOT_DO,
                    "channel \"" + name + "\" cannot create orders: " + lack,
                    "complete its settings or take it out of destinations");
        }
    }

    private void checkRate(Document document) {
        JsonNode rate = document.yaml().at("/limits/rate");
        if (rate.isTextual() && rate.asText().matches("[0.]+/[smh]")) {
            findings.error(
                    document.path(),
                    document.line("/limits/rate"),
                    BundleError.BAD_VALUE,
                    "a rate of 0 would never send anything",
                    "leave it out for no limit; use shadow: true to send nothing");
        }
    }
}

package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Documents.Document;
import io.waybill.order.OrderPart;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes channels of files that have passed {@link ChannelChecks}; what a file leaves out gets its default here. */
final class ChannelReader {
    private static final Set<String> TASK_WORDS = Set.of("every", "cron", "enabled");

    private final Map<String, Connector> connectors;
    private final Findings findings;

    ChannelReader(Map<String, Connector> connectors, Findings findings) {
        this.connectors = connectors;
        this.findings = findings;
    }

    Map<String, Channel> read(Documents documents) {
        Map<String, Channel> channels = new TreeMap<>();
        documents.byName(FileKind.CHANNEL).forEach((name, document) -> {
            Connector connector =
                    connectors.get(document.yaml().tree().path("connector").asText());
            if (connector != null && !findings.refuse(document.path())) {
                channels.put(name, channel(name, connector, document));
            }
        });
        return channels;
    }

    private static Channel channel(String name, Connector connector, Document document) {
        JsonNode tree = document.yaml().tree();
        return new Channel(
                name,
                connector,
                tree.path("title").asText(name),
                constant(Role.class, tree.path("role"), Role.PLATFORM),
                settings(tree.path("settings")),
                tree.has("destinations") ? ConnectorReader.words(tree.path("destinations")) : null,
                limits(tree.path("limits"), connector.limits()),
                tasks(tree.path("tasks")),
                constant(Channel.Push.class, tree.path("push"), Channel.Push.AUTOMATIC),
                tree.path("partial").asBoolean(true),
                send(tree.path("send")),
                orders(tree.path("orders")),
                constant(Channel.LabelForm.class, tree.at("/labels/as"), Channel.LabelForm.PDF),
                tree.path("shadow").asBoolean(false),
                policies(tree.path("policies")));
    }

    private static Channel.Policies policies(JsonNode policies) {
        return new Channel.Policies(
                policies.path("returns").asBoolean(false),
                policies.path("refunds").asBoolean(false),
                policies.path("restock").asBoolean(false));
    }

    static Map<String, String> settings(JsonNode settings) {
        Map<String, String> values = new HashMap<>();
        settings.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }

    static Channel.Limits limits(JsonNode limits, Channel.Limits otherwise) {
        return new Channel.Limits(
                limits.has("rate") ? ratePerSecond(limits.path("rate").asText()) : otherwise.ratePerSecond(),
                limits.path("concurrency").asInt(otherwise.concurrency()));
    }

    private static double ratePerSecond(String rate) {
        double count = Double.parseDouble(rate.substring(0, rate.indexOf('/')));
        return switch (rate.charAt(rate.length() - 1)) {
            case 'm' -> count / 60;
            case 'h' -> count / 3600;
            default -> count;
        };
    }

    private static Map<TaskKind, Channel.Task> tasks(JsonNode tasks) {
        Map<TaskKind, Channel.Task> read = new EnumMap<>(TaskKind.class);
        tasks.properties().forEach(entry -> TaskKind.of(entry.getKey())
                .ifPresent(kind -> read.put(kind, task(entry.getValue()))));
        return read;
    }

    private static Channel.Task task(JsonNode task) {
        Map<String, List<String>> options = task.properties().stream()
                .filter(entry -> !TASK_WORDS.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> option(entry.getValue())));
        return new Channel.Task(
                task.path("enabled").asBoolean(true),
                task.has("every") ? Durations.parse(task.path("every").asText()) : null,
                task.path("cron").asText(null),
                options);
    }

    private static List<String> option(JsonNode value) {
        return value.isArray() ? ConnectorReader.words(value) : List.of(value.asText());
    }

    private static Set<OrderPart> send(JsonNode send) {
        return send.isMissingNode()
                ? OrderPart.DEFAULT
                : ConnectorReader.words(send).stream().map(OrderPart::of).collect(Collectors.toSet());
    }

    private static Channel.OrderForm orders(JsonNode orders) {
        Channel.OrderForm form = Channel.OrderForm.DEFAULT;
        return new Channel.OrderForm(
                constant(Channel.OrderForm.As.class, orders.path("as"), form.as()),
                orders.path("prefix").asText(form.prefix()),
                constant(Channel.OrderForm.NumberFrom.class, orders.path("number"), form.number()),
                constant(Channel.OrderForm.Invoice.class, orders.path("invoice"), form.invoice()));
    }

    /** The constant that a word of the schema stands for. */
    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode word, E otherwise) {
        return word.isMissingNode()
                ? otherwise
                : Enum.valueOf(type, word.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

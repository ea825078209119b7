package io.waybill.channel;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes the tables of what the shipped connectors can do. Run {@link #main} when the test says that it is due. */
final class ConnectorMatrix {
    static final Path FILE = Path.of("src/docs/connectors/README.md");

    private static final String MARK = "<!-- connectors: written by ConnectorMatrix from routes/connectors -->\n";

    private final List<Connector> connectors;

    private ConnectorMatrix(List<Connector> connectors) {
        this.connectors = connectors;
    }

    public static void main(String[] arguments) throws IOException {
        Files.writeString(FILE, text(Files.readString(FILE), Path.of("routes")));
    }

    /** The page with its tables as the folder has them. */
    static String text(String page, Path routes) {
        ConnectorMatrix matrix = new ConnectorMatrix(read(routes));
        return page.substring(0, page.indexOf(MARK) + MARK.length()) + "\n" + matrix.operations() + "\n"
                + matrix.ways();
    }

    private static List<Connector> read(Path routes) {
        Reading reading = BundleReader.read(BundleFiles.withoutShipped(routes, false));
        if (reading.bundle() == null) {
            throw new IllegalStateException("the folder has mistakes: " + reading.errors());
        }
        return List.copyOf(new TreeMap<>(reading.bundle().connectors()).values());
    }

    private String operations() {
        Stream<List<String>> rows = Arrays.stream(Operation.values())
                .map(operation -> row("`" + operation.word() + "`", connector -> cell(connector, operation)));
        return table(Stream.concat(Stream.of(row("", ConnectorMatrix::linked)), rows));
    }

    private List<String> row(String head, Function<Connector, String> cell) {
        return Stream.concat(Stream.of(head), connectors.stream().map(cell)).toList();
    }

    private static String cell(Connector connector, Operation operation) {
        if (!connector.operations().contains(operation)) {
            return "";
        }
        String needs = connector.needs(operation).stream()
                .filter(setting -> !given(connector, setting))
                .map(setting -> "`" + setting + "`")
                .collect(joining(", "));
        return needs.isEmpty() ? "yes" : "with " + needs;
    }

    /** Every channel has it. */
    private static boolean given(Connector connector, String setting) {
        Connector.Setting declared = connector.settings().get(setting);
        return declared != null && (declared.required() || declared.otherwise() != null);
    }

    private String ways() {
        Stream<List<String>> rows = connectors.stream()
                .map(connector -> List.of(
                        linked(connector),
                        signIn(connector),
                        webhooks(connector.webhook()),
                        limits(connector.limits()),
                        lostAnswer(connector)));
        return table(Stream.concat(
                Stream.of(List.of("", "signs in by", "webhooks signed by", "limits", "after a lost answer")), rows));
    }

    private static String linked(Connector connector) {
        boolean there = Files.exists(FILE.resolveSibling(connector.name() + ".md"));
        return there ? "[" + connector.name() + "](" + connector.name() + ".md)" : connector.name();
    }

    private static String signIn(Connector connector) {
        Connector.Calls calls = connector.calls();
        List<String> ways = new ArrayList<>();
        if (calls.oauth() != null) {
            ways.add("OAuth 2 (" + calls.oauth().grant() + ")");
        }
        if (calls.basic() != null) {
            ways.add("HTTP Basic");
        }
        if (calls.signing() != null) {
            ways.add("signature (" + calls.signing().algorithm() + ")");
        }
        new TreeMap<>(calls.headers()).forEach((header, value) -> {
            if (secrets(connector, value)) {
                ways.add("`" + header + "`");
            }
        });
        return String.join(", ", ways);
    }

    private static boolean secrets(Connector connector, String header) {
        return connector.settings().entrySet().stream()
                .filter(setting -> setting.getValue().secret())
                .map(Map.Entry::getKey)
                .anyMatch(name -> header.contains("{" + name + "}"));
    }

    private static String webhooks(Connector.Webhook webhook) {
        String headers = webhook.signatureHeaders().stream()
                .map(header -> "`" + header + "`")
                .collect(joining(" or "));
        return webhook.signature().equals("none")
                ? ""
                : webhook.signature() + (headers.isEmpty() ? "" : ", " + headers);
    }

    private static String limits(Channel.Limits limits) {
        if (limits.equals(Channel.Limits.DEFAULT)) {
            return "";
        }
        String rate = Double.isInfinite(limits.ratePerSecond()) ? "" : rate(limits.ratePerSecond()) + ", ";
        return rate + limits.concurrency() + " at a time";
    }

    /** In the smallest unit of time that makes it a whole number. */
    private static String rate(double perSecond) {
        for (Map.Entry<String, Integer> unit : List.of(Map.entry("s", 1), Map.entry("m", 60), Map.entry("h", 3600))) {
            double count = perSecond * unit.getValue();
            if (Math.abs(count - Math.rint(count)) < 1e-6) {
                return Math.round(count) + "/" + unit.getKey();
            }
        }
        return perSecond + "/s";
    }

    private static String lostAnswer(Connector connector) {
        if (!connector.operations().contains(Operation.CREATE_ORDER)) {
            return "";
        }
        if (connector.idempotent()) {
            return "sent again under its key";
        }
        return connector.operations().contains(Operation.FIND_ORDER)
                ? "looked for, after " + connector.findSettle().toSeconds() + " s"
                : "a person decides";
    }

    private static String table(Stream<List<String>> rows) {
        List<String> lines = new ArrayList<>(
                rows.map(row -> "| " + String.join(" | ", row) + " |\n").toList());
        int columns = lines.get(0).split("\\|", -1).length - 2;
        lines.add(1, "| --- ".repeat(columns) + "|\n");
        return String.join("", lines);
    }
}

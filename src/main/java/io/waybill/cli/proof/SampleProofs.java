package io.waybill.cli.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import io.waybill.channel.BundleFiles;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds {@code samples/<case>.in.json}, mapped, against {@code <case>.out.json}. The mapping is the one the case's name
 * begins with ({@code poll-orders.paid} is for {@code poll-orders.jslt}), else {@code read-event.jslt} of the connector;
 * beside channels the name begins with the channel's.
 */
final class SampleProofs {
    private static final Pattern SAMPLE =
            Pattern.compile("((?:sandbox/)?channels|connectors/[^/]+)/samples/(.+)\\.(in|out)\\.json");
    private static final String READ_EVENT = "read-event";

    private final BundleFiles files;

    SampleProofs(BundleFiles files) {
        this.files = files;
    }

    List<Proof> run() {
        Map<String, Proof> proofs = new TreeMap<>();
        for (String path : files.all().keySet()) {
            Matcher sample = SAMPLE.matcher(path);
            if (sample.matches()) {
                String folder = sample.group(1);
                String name = sample.group(2);
                mapping(folder, name)
                        .ifPresent(mapping ->
                                proofs.computeIfAbsent(folder + "/samples/" + name, at -> proof(at, name, mapping)));
            }
        }
        return List.copyOf(proofs.values());
    }

    /** Samples of what is no mapping (what a route sends) have none. */
    private Optional<String> mapping(String folder, String name) {
        return files.all().keySet().stream()
                .filter(path -> path.startsWith(folder + "/") && path.endsWith(".jslt"))
                .filter(path -> belongs(path, folder, name))
                .max(Comparator.comparing(String::length))
                .or(() -> Optional.of(folder + "/" + READ_EVENT + ".jslt").filter(files::has));
    }

    private static boolean belongs(String path, String folder, String name) {
        String mapping = path.substring(folder.length() + 1, path.length() - ".jslt".length());
        String start = mapping.endsWith("." + READ_EVENT)
                ? mapping.substring(0, mapping.length() - READ_EVENT.length() - 1)
                : mapping;
        return name.equals(start) || name.startsWith(start + ".");
    }

    private Proof proof(String at, String name, String mapping) {
        List<Proof.Problem> problems = new ArrayList<>();
        JsonNode in = json(at + ".in.json", problems);
        JsonNode out = json(at + ".out.json", problems);
        if (in != null && out != null) {
            problems(mapping, in, out).forEach(problem -> problems.add(new Proof.Problem(0, problem)));
        }
        return new Proof(at + ".in.json", 0, name, problems);
    }

    private @Nullable JsonNode json(String path, List<Proof.Problem> problems) {
        try {
            byte[] bytes = files.all().get(path);
            if (bytes != null) {
                return EventJson.tree(bytes);
            }
            problems.add(new Proof.Problem(0, "there is no " + path));
        } catch (InvalidEvent e) {
            problems.add(new Proof.Problem(0, path + " is " + e.getMessage()));
        }
        return null;
    }

    private List<String> problems(String mapping, JsonNode in, JsonNode out) {
        try {
            JsonNode made = new Parser(new StringReader(files.text(mapping).orElse("")))
                    .withSource(mapping)
                    .compile()
                    .apply(in);
            boolean events = mapping.endsWith(READ_EVENT + ".jslt");
            JsonNode expected = events ? canonical(out, "the .out.json") : out;
            JsonNode actual = EventJson.tree(EventJson.bytes(made));
            return JsonDifference.of(expected, events ? canonical(actual, mapping) : actual);
        } catch (JsltException e) {
            return List.of(mapping + " failed: " + e.getMessage());
        } catch (InvalidEvent e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode canonical(JsonNode node, String what) {
        try {
            if (!node.isArray()) {
                return EventJson.tree(EventJson.read(node));
            }
            var events = EventJson.MAPPER.createArrayNode();
            node.forEach(element -> events.add(EventJson.tree(EventJson.read(element))));
            return events;
        } catch (InvalidEvent e) {
            throw new InvalidEvent(e.path(), "no canonical event in " + what + " (" + e.getMessage() + ")");
        }
    }
}

package io.waybill.cli.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.JsltException;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.mapping.MappingLanguage;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds {@code samples/<case>.in.json}, mapped, against {@code <case>.out.json}, or its failure against {@code <case>.error.txt}. The mapping is the one the case's name
 * begins with ({@code poll-orders.paid} is for {@code poll-orders.jslt}), else {@code read-event.jslt} of the connector;
 * beside channels the name begins with the channel's. Where a connector has no {@code read-event.jslt}, cases of that name are
 * canonical events as they come in.
 */
final class SampleProofs {
    private static final Pattern SAMPLE = Pattern.compile(
            "((?:sandbox/)?channels|connectors/[^/]+)/samples/(.+)\\.(?:(?:in|out)\\.json|error\\.txt)");
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
                        .filter(mapping -> isOfTheFolder(path) || isOfTheFolder(mapping))
                        .ifPresent(mapping ->
                                proofs.computeIfAbsent(folder + "/samples/" + name, at -> proof(at, name, mapping)));
            }
        }
        return List.copyOf(proofs.values());
    }

    /** What the program ships is not the folder's to prove, unless the folder puts another mapping in its place. */
    private boolean isOfTheFolder(String path) {
        return files.own().containsKey(path);
    }

    /** Samples of what is no mapping (what a route sends) have none. */
    private Optional<String> mapping(String folder, String name) {
        return files.all().keySet().stream()
                .filter(path -> path.startsWith(folder + "/") && path.endsWith(".jslt"))
                .filter(path -> belongs(path, folder, name))
                .max(Comparator.comparing(String::length))
                .or(() -> Optional.of(folder + "/" + READ_EVENT + ".jslt")
                        .filter(mapping -> files.has(mapping) || belongs(mapping, folder, name)));
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
        if (in != null && files.has(at + ".error.txt")) {
            String expected = files.text(at + ".error.txt").orElse("").strip();
            refusal(mapping, variables(at, problems), in, expected)
                    .ifPresent(problem -> problems.add(new Proof.Problem(0, problem)));
            return new Proof(at + ".in.json", 0, name, problems);
        }
        JsonNode out = json(at + ".out.json", problems);
        if (in != null && out != null) {
            problems(mapping, variables(at, problems), in, out)
                    .forEach(problem -> problems.add(new Proof.Problem(0, problem)));
        }
        return new Proof(at + ".in.json", 0, name, problems);
    }

    /** What the mapping finds under its variables is written beside the sample, where it matters. */
    private Map<String, JsonNode> variables(String at, List<Proof.Problem> problems) {
        Map<String, JsonNode> variables = new HashMap<>();
        MappingLanguage.VARIABLES.forEach(name -> variables.put(name, EventJson.MAPPER.createObjectNode()));
        variables.put("channel", TextNode.valueOf("sample"));
        variables.put("topic", TextNode.valueOf("orders"));
        variables.put("now", TextNode.valueOf("2026-11-20T10:11:12Z"));
        JsonNode own = files.has(at + ".variables.json") ? json(at + ".variables.json", problems) : null;
        if (own != null) {
            own.properties().forEach(variable -> variables.put(variable.getKey(), variable.getValue()));
        }
        return variables;
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

    /** A connector without a mapping reads canonical events as they are. */
    private JsonNode made(String mapping, Map<String, JsonNode> variables, JsonNode in) {
        return files.has(mapping)
                ? MappingLanguage.apply(MappingLanguage.compile(mapping, files::text), variables, in)
                : in;
    }

    private List<String> problems(String mapping, Map<String, JsonNode> variables, JsonNode in, JsonNode out) {
        try {
            JsonNode made = made(mapping, variables, in);
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

    /** A sample that cannot be read says so, in these words among others. */
    private Optional<String> refusal(String mapping, Map<String, JsonNode> variables, JsonNode in, String expected) {
        try {
            JsonNode made = made(mapping, variables, in);
            if (mapping.endsWith(READ_EVENT + ".jslt")) {
                canonical(EventJson.tree(EventJson.bytes(made)), mapping);
            }
            return Optional.of("it was to fail with \"" + expected + "\", and was read");
        } catch (JsltException | InvalidEvent e) {
            String message = String.valueOf(e.getMessage());
            return message.contains(expected)
                    ? Optional.empty()
                    : Optional.of("it was to fail with \"" + expected + "\", and failed with: " + message);
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

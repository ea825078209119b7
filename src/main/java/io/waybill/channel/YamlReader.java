package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document into a tree with lines. Words such as {@code yes}, {@code on} and dates stay text, and a
 * number is only what JSON calls one ({@code 007} is text). Duplicate keys, tags and endless aliases are findings; nothing
 * is thrown. The tree is built from parser events, with a depth and a size that no honest file reaches.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 60;
    private static final int MAX_NODES = 200_000;
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,17})\\.[0-9]{1,18}");
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private final String path;
    private final Findings findings;
    private final Iterator<Event> events;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, JsonNode> anchors = new HashMap<>();
    private int nodes;

    private YamlReader(String path, Iterator<Event> events, Findings findings) {
        this.path = path;
        this.events = events;
        this.findings = findings;
    }

    /** Empty when the file is empty or no YAML; the finding is then made. */
    static Optional<YamlFile> read(String path, String text, Findings findings) {
        try {
            Iterator<Event> events = new Parse(
                            LoadSettings.builder().setLabel(path).build())
                    .parseString(text)
                    .iterator();
            return new YamlReader(path, events, findings).document();
        } catch (TooMuch e) {
            findings.error(path, e.line, BundleError.YAML_UNSUPPORTED, e.problem, e.fix);
        } catch (MarkedYamlEngineException e) {
            findings.error(
                    path,
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0),
                    BundleError.YAML_SYNTAX,
                    "not YAML: " + problem(e),
                    "check indentation, quotes and colons on this line and the one above");
        } catch (YamlEngineException e) {
            findings.error(
                    path, 0, BundleError.YAML_SYNTAX, "not YAML: " + firstLine(String.valueOf(e.getMessage())), "");
        }
        return Optional.empty();
    }

    private static String problem(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + ", ";
        return firstLine(context + (e.getProblem() == null ? "cannot be read" : e.getProblem()));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("cannot be read");
    }

    private Optional<YamlFile> document() {
        Event event = events.next(); // start of the stream
        event = events.next();
        if (event.getEventId() == Event.ID.StreamEnd) {
            findings.error(path, 0, BundleError.YAML_SYNTAX, "the file is empty", "write it or delete it");
            return Optional.empty();
        }
        JsonNode tree = node(events.next(), "", 0);
        events.next(); // end of the document
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw new TooMuch(line(after), "a second document starts here", "keep one document in a file");
        }
        return Optional.of(new YamlFile(path, tree, lines));
    }

    private JsonNode node(Event event, String pointer, int depth) {
        if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw new TooMuch(
                    line(event), "the file is nested too deep or repeats itself too often", "make it simpler");
        }
        lines.putIfAbsent(pointer, line(event));
        if (event instanceof AliasEvent alias) {
            return copied(alias);
        }
        JsonNode node = value(event, pointer, depth);
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
        return node;
    }

    private JsonNode value(Event event, String pointer, int depth) {
        if (event instanceof MappingStartEvent map) {
            refuseTag(map.getTag(), event);
            return map(pointer, depth);
        }
        if (event instanceof SequenceStartEvent list) {
            refuseTag(list.getTag(), event);
            return list(pointer, depth);
        }
        ScalarEvent scalar = (ScalarEvent) event;
        refuseTag(scalar.getTag(), event);
        return scalar.isPlain() ? plain(scalar.getValue()) : NODES.textNode(scalar.getValue());
    }

    private ObjectNode map(String pointer, int depth) {
        ObjectNode object = NODES.objectNode();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            String name = key(key);
            String at = YamlFile.pointer(pointer, name);
            Integer first = lines.putIfAbsent(at, line(key));
            JsonNode value = node(events.next(), at, depth + 1);
            if (object.has(name)) {
                findings.error(
                        path,
                        line(key),
                        BundleError.DUPLICATE_KEY,
                        "\"" + name + "\" is written twice; first on line " + first,
                        "keep one of them");
            }
            object.set(name, value);
        }
        return object;
    }

    private static String key(Event key) {
        if (key instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        if (key instanceof AliasEvent) {
            throw new TooMuch(line(key), "an alias stands where a key should be", "write the key out");
        }
        throw new TooMuch(line(key), "a list or map stands where a key should be", "quote {{…}} and other braces");
    }

    private ArrayNode list(String pointer, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            array.add(node(item, pointer + "/" + array.size(), depth + 1));
        }
        return array;
    }

    private JsonNode copied(AliasEvent alias) {
        JsonNode anchored = anchors.get(alias.getAlias().getValue());
        if (anchored == null) {
            throw new TooMuch(
                    line(alias), "*" + alias.getAlias().getValue() + " stands for nothing above it", "write it out");
        }
        nodes += size(anchored, MAX_NODES - nodes);
        if (nodes > MAX_NODES) {
            throw new TooMuch(line(alias), "the aliases repeat too much", "write it out");
        }
        return anchored;
    }

    /** How many nodes, counted no further than needed. Copies are shared, so that counting is the only cost. */
    private static int size(JsonNode node, int limit) {
        int count = 1;
        for (JsonNode child : node) {
            if (count > limit) {
                return count;
            }
            count += size(child, limit - count);
        }
        return count;
    }

    private void refuseTag(Optional<String> tag, Event event) {
        if (tag.isPresent()) {
            throw new TooMuch(line(event), "the tag " + tag.get() + " is not supported", "remove it");
        }
    }

    private static JsonNode plain(String text) {
        if (text.isEmpty() || text.equals("~") || text.equals("null")) {
            return NullNode.getInstance();
        }
        if (text.equals("true") || text.equals("false")) {
            return NODES.booleanNode(text.equals("true"));
        }
        if (WHOLE.matcher(text).matches()) {
            return NODES.numberNode(new BigInteger(text).longValueExact());
        }
        return DECIMAL.matcher(text).matches() ? NODES.numberNode(new BigDecimal(text)) : NODES.textNode(text);
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    /** Valid YAML that we do not take; stops the reading of this file. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final String problem;
        private final String fix;

        TooMuch(int line, String problem, String fix) {
            super(problem, null, false, false);
            this.line = line;
            this.problem = problem;
            this.fix = fix;
        }
    }
}

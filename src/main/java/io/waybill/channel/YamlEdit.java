package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Writes a file that people edit too: what has not changed stays as they wrote it, with their comments and their order of
 * keys; only comments at what goes away go with it, and spaces before a comment become one. A file that cannot be changed so is written anew.
 */
public final class YamlEdit {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*|\\d+(ms|s|m|h|d)");
    private static final Set<String> WORDS_OF_YAML =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
    private static final DumpSettings DUMP = DumpSettings.builder()
            .setDumpComments(true)
            .setWidth(120)
            .setSplitLines(false)
            .build();

    private YamlEdit() {}

    /**
     * @param before the file as it is; null when there is none
     * @param wanted what the file shall say
     */
    public static String of(@Nullable String before, ObjectNode wanted) {
        return edited(before, wanted).orElseGet(() -> dumped(node(wanted)));
    }

    private static Optional<String> edited(@Nullable String before, ObjectNode wanted) {
        if (before == null) {
            return Optional.empty();
        }
        try {
            LoadSettings settings =
                    LoadSettings.builder().setParseComments(true).build();
            return new Compose(settings)
                    .composeString(before)
                    .filter(MappingNode.class::isInstance)
                    .map(root -> dumped(merged((MappingNode) root, wanted)))
                    .filter(text -> says(text, wanted));
        } catch (YamlEngineException e) {
            return Optional.empty();
        }
    }

    /** Whatever the file looked like, what is written must be what was asked for. */
    private static boolean says(String text, ObjectNode wanted) {
        Findings findings = new Findings();
        return YamlReader.read("", text, findings)
                        .filter(file -> file.tree().equals(wanted))
                        .isPresent()
                && !findings.refuse();
    }

    private static String dumped(Node root) {
        return new Present(DUMP)
                .emitToString(new Serialize(DUMP).serializeOne(root).iterator());
    }

    private static Node merged(Node old, JsonNode wanted) {
        if (old instanceof MappingNode map && wanted instanceof ObjectNode object && !object.isEmpty()) {
            return merged(map, object);
        }
        if (old instanceof SequenceNode list && wanted.isArray()) {
            return merged(list, wanted);
        }
        if (old instanceof ScalarNode scalar
                && wanted.isValueNode()
                && scalar.getValue().equals(wanted.asText())) {
            return old;
        }
        Node fresh = node(wanted);
        fresh.setInLineComments(old.getInLineComments());
        return fresh;
    }

    private static MappingNode merged(MappingNode old, ObjectNode wanted) {
        List<NodeTuple> tuples = new ArrayList<>();
        Map<String, Boolean> kept = new HashMap<>();
        for (NodeTuple tuple : old.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
            JsonNode value = wanted.get(key);
            if (value != null && kept.put(key, true) == null) {
                tuples.add(new NodeTuple(tuple.getKeyNode(), merged(tuple.getValueNode(), value)));
            }
        }
        wanted.properties().forEach(entry -> {
            if (!kept.containsKey(entry.getKey())) {
                tuples.add(new NodeTuple(scalar(entry.getKey()), node(entry.getValue())));
            }
        });
        old.setValue(tuples);
        return old;
    }

    private static SequenceNode merged(SequenceNode old, JsonNode wanted) {
        Map<String, Node> known = new HashMap<>();
        old.getValue().forEach(item -> {
            if (item instanceof ScalarNode scalar) {
                known.put(scalar.getValue(), item);
            }
        });
        List<Node> items = new ArrayList<>();
        for (JsonNode item : wanted) {
            Node same = item.isValueNode() ? known.remove(item.asText()) : null;
            items.add(same == null ? node(item) : same);
        }
        SequenceNode list = new SequenceNode(old.getTag(), items, old.getFlowStyle());
        list.setBlockComments(old.getBlockComments());
        list.setInLineComments(old.getInLineComments());
        list.setEndComments(old.getEndComments());
        return list;
    }

    private static Node node(JsonNode value) {
        if (value instanceof ObjectNode object) {
            List<NodeTuple> tuples = new ArrayList<>();
            object.properties()
                    .forEach(entry -> tuples.add(new NodeTuple(scalar(entry.getKey()), node(entry.getValue()))));
            return new MappingNode(Tag.MAP, tuples, object.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        if (value.isArray()) {
            List<Node> items = new ArrayList<>();
            value.forEach(item -> items.add(node(item)));
            return new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
        }
        return value.isTextual()
                ? scalar(value.asText())
                : new ScalarNode(tag(value), value.asText(), ScalarStyle.PLAIN);
    }

    private static Tag tag(JsonNode value) {
        return value.isBoolean()
                ? Tag.BOOL
                : value.isIntegralNumber() ? Tag.INT : value.isNumber() ? Tag.FLOAT : Tag.NULL;
    }

    /** Quoted whenever anybody could read it as something else than this text. */
    private static Node scalar(String text) {
        boolean plain =
                PLAIN.matcher(text).matches() && !WORDS_OF_YAML.contains(text.toLowerCase(java.util.Locale.ROOT));
        return new ScalarNode(Tag.STR, text, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }
}

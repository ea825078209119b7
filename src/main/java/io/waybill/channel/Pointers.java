package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** JSON pointers in which {@code *} stands for every element or member. */
public final class Pointers {
    private Pointers() {}

    public static List<JsonNode> find(JsonNode root, String pointer) {
        List<JsonNode> found = new ArrayList<>(List.of(root));
        for (String step : pointer.substring(1).split("/")) {
            List<JsonNode> next = new ArrayList<>();
            found.forEach(node -> step(node, step, next));
            found = next;
        }
        return found;
    }

    private static void step(JsonNode node, String step, List<JsonNode> next) {
        if (step.equals("*")) {
            node.forEach(next::add);
            return;
        }
        JsonNode child = node.isArray() && step.matches("\\d{1,6}")
                ? node.path(Integer.parseInt(step))
                : node.path(step.replace("~1", "/").replace("~0", "~"));
        if (!child.isMissingNode()) {
            next.add(child);
        }
    }
}

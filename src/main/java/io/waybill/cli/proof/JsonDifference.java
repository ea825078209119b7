package io.waybill.cli.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where two trees differ. Absent and null are the same; at most ten places are told. */
final class JsonDifference {
    private static final int MOST = 10;

    private final List<String> found = new ArrayList<>();

    private JsonDifference() {}

    static List<String> of(JsonNode expected, JsonNode actual) {
        JsonDifference difference = new JsonDifference();
        difference.compare("", expected, actual);
        return difference.found;
    }

    private void compare(String at, JsonNode expected, JsonNode actual) {
        if (found.size() >= MOST || isNothing(expected) && isNothing(actual)) {
            return;
        }
        if (expected.isObject() && actual.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(at + "/" + name, expected.path(name), actual.path(name)));
        } else if (expected.isArray() && actual.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
                compare(at + "/" + i, expected.path(i), actual.path(i));
            }
        } else if (!expected.equals(actual)) {
            found.add((at.isEmpty() ? "it" : at) + " is " + shown(actual) + ", not " + shown(expected));
        }
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static String shown(JsonNode node) {
        return isNothing(node) ? "missing" : node.toString();
    }
}

package io.waybill.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** One YAML file as a tree, and the line of each of its parts by JSON pointer. */
record YamlFile(String path, JsonNode tree, Map<String, Integer> lines) {

    /** The line of that part, or of the nearest part around it that is there. */
    int line(String pointer) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return lines.getOrDefault("", 1);
    }

    JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    /** One step down a JSON pointer. */
    static String pointer(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}

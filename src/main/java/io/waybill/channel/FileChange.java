package io.waybill.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One file in which two versions of a folder differ.
 *
 * @param kind added, changed or removed
 * @param added lines that only the later version has
 * @param removed lines that only the earlier one had
 */
public record FileChange(String path, String kind, int added, int removed) {
    /** By path. */
    public static List<FileChange> between(Map<String, byte[]> before, Map<String, byte[]> after) {
        List<FileChange> changes = new ArrayList<>();
        for (String path : changed(before, after)) {
            LineDiff diff = LineDiff.of(lines(before.get(path)), lines(after.get(path)));
            changes.add(new FileChange(path, kind(before, after, path), diff.added(), diff.removed()));
        }
        return changes;
    }

    /** The same as text: unified, three lines around each change. */
    public static String text(Map<String, byte[]> before, Map<String, byte[]> after) {
        StringBuilder text = new StringBuilder();
        for (String path : changed(before, after)) {
            text.append("--- ")
                    .append(before.containsKey(path) ? path : "/dev/null")
                    .append('\n');
            text.append("+++ ")
                    .append(after.containsKey(path) ? path : "/dev/null")
                    .append('\n');
            text.append(
                    LineDiff.of(lines(before.get(path)), lines(after.get(path))).unified());
        }
        return text.toString();
    }

    private static SortedSet<String> changed(Map<String, byte[]> before, Map<String, byte[]> after) {
        SortedSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        paths.removeIf(path -> Arrays.equals(before.get(path), after.get(path)));
        return paths;
    }

    private static String kind(Map<String, byte[]> before, Map<String, byte[]> after, String path) {
        if (!before.containsKey(path)) {
            return "added";
        }
        return after.containsKey(path) ? "changed" : "removed";
    }

    private static List<String> lines(byte @Nullable [] content) {
        return content == null ? List.of() : new String(content, UTF_8).lines().toList();
    }
}

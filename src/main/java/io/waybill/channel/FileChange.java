package io.waybill.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
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
    private static final String NOTHING = "/dev/null";
    private static final int AROUND = 3;

    /** By path. */
    public static List<FileChange> between(Map<String, byte[]> before, Map<String, byte[]> after) {
        List<FileChange> changes = new ArrayList<>();
        for (String path : changed(before, after)) {
            List<AbstractDelta<String>> deltas = DiffUtils.diff(lines(before.get(path)), lines(after.get(path)))
                    .getDeltas();
            changes.add(new FileChange(
                    path,
                    kind(before, after, path),
                    deltas.stream().mapToInt(delta -> delta.getTarget().size()).sum(),
                    deltas.stream().mapToInt(delta -> delta.getSource().size()).sum()));
        }
        return changes;
    }

    /** The same as text: unified, three lines around each change. */
    public static String text(Map<String, byte[]> before, Map<String, byte[]> after) {
        StringBuilder text = new StringBuilder();
        for (String path : changed(before, after)) {
            List<String> old = lines(before.get(path));
            UnifiedDiffUtils.generateUnifiedDiff(
                            before.containsKey(path) ? path : null,
                            after.containsKey(path) ? path : NOTHING,
                            old,
                            DiffUtils.diff(old, lines(after.get(path))),
                            AROUND)
                    // The library counts from 1 in a file that is no more; patch and git want 0 there.
                    .forEach(line -> text.append(line.replaceFirst("^(@@ .*) \\+1,0 @@", "$1 +0,0 @@"))
                            .append('\n'));
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

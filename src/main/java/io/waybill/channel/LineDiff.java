package io.waybill.channel;

import java.util.ArrayList;
import java.util.List;

/**
 * What makes one text into another, line by line: a longest common subsequence between the equal beginnings and endings. Texts
 * whose middles are too large for that count as replaced there.
 */
final class LineDiff {
    private static final int AROUND = 3;
    private static final long MOST_CELLS = 4_000_000;

    /** One line of the result; {@code mark} is a space, a minus or a plus. */
    private record Edit(char mark, String line) {}

    private final List<Edit> edits = new ArrayList<>();

    private LineDiff() {}

    static LineDiff of(List<String> before, List<String> after) {
        LineDiff diff = new LineDiff();
        int head = 0;
        while (head < Math.min(before.size(), after.size()) && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        before.subList(0, head).forEach(line -> diff.edits.add(new Edit(' ', line)));
        diff.middle(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail));
        before.subList(before.size() - tail, before.size()).forEach(line -> diff.edits.add(new Edit(' ', line)));
        return diff;
    }

    private void middle(List<String> before, List<String> after) {
        if ((long) before.size() * after.size() > MOST_CELLS) {
            before.forEach(line -> edits.add(new Edit('-', line)));
            after.forEach(line -> edits.add(new Edit('+', line)));
            return;
        }
        int[][] common = common(before, after);
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                edits.add(new Edit(' ', before.get(i++)));
                j++;
            } else if (j == after.size() || i < before.size() && common[i + 1][j] >= common[i][j + 1]) {
                edits.add(new Edit('-', before.get(i++)));
            } else {
                edits.add(new Edit('+', after.get(j++)));
            }
        }
    }

    /** How many lines the endings from i and from j have in common. */
    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    int added() {
        return count('+');
    }

    int removed() {
        return count('-');
    }

    private int count(char mark) {
        return (int) edits.stream().filter(edit -> edit.mark() == mark).count();
    }

    String unified() {
        StringBuilder text = new StringBuilder();
        int from = 0;
        while (from < edits.size()) {
            int first = nextChange(from);
            if (first == edits.size()) {
                break;
            }
            int last = first;
            for (int next = nextChange(last + 1); next < edits.size() && next - last <= 2 * AROUND; ) {
                last = next;
                next = nextChange(last + 1);
            }
            from = Math.min(edits.size(), last + AROUND + 1);
            hunk(text, Math.max(0, first - AROUND), from);
        }
        return text.toString();
    }

    private int nextChange(int from) {
        int at = from;
        while (at < edits.size() && edits.get(at).mark() == ' ') {
            at++;
        }
        return at;
    }

    private void hunk(StringBuilder text, int from, int to) {
        int before = 1;
        int after = 1;
        for (Edit edit : edits.subList(0, from)) {
            before += edit.mark() == '+' ? 0 : 1;
            after += edit.mark() == '-' ? 0 : 1;
        }
        List<Edit> shown = edits.subList(from, to);
        long old = shown.stream().filter(edit -> edit.mark() != '+').count();
        long now = shown.stream().filter(edit -> edit.mark() != '-').count();
        text.append("@@ -%d,%d +%d,%d @@\n"
                .formatted(old == 0 ? before - 1 : before, old, now == 0 ? after - 1 : after, now));
        shown.forEach(edit -> text.append(edit.mark()).append(edit.line()).append('\n'));
    }
}

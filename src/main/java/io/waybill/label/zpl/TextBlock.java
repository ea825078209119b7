package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ^FB} and {@code ^TB}: text wrapped to a width.
 *
 * @param lines at most so many; what is left over is printed over the last one ({@code ^FB}) or cut ({@code ^TB})
 * @param spacing dots added between lines
 * @param indent of the second and following lines
 */
record TextBlock(int width, int lines, int spacing, char justify, int indent, boolean cut) {
    private static final int MOST = 500;

    /** @return null for no width, which asks for no block */
    static @Nullable TextBlock ofFieldBlock(Params p) {
        if (p.whole(0, 0) <= 0) {
            return null;
        }
        char justify = p.letter(3, 'L');
        return new TextBlock(
                p.whole(0, 1, 1, 32_000),
                p.whole(1, 1, 1, 9_999),
                p.whole(2, 0, -9_999, 9_999),
                "LCRJ".indexOf(justify) < 0 ? 'L' : justify,
                p.whole(4, 0, 0, 9_999),
                false);
    }

    static TextBlock ofTextBlock(int width, int height, double lineHeight) {
        return new TextBlock(width, Math.max(1, (int) (height / lineHeight)), 0, 'L', 0, true);
    }

    Artwork draw(Typeset font, FieldData data) {
        List<Mark> marks = new ArrayList<>();
        List<Line> wrapped = new Wrapping(font).wrap(data);
        double pitch = Math.max(0, font.height() + spacing);
        for (int i = 0; i < wrapped.size() && !(cut && i >= lines); i++) {
            int row = Math.min(i, lines - 1);
            set(font, wrapped.get(i), i == 0 ? 0 : indent, row * pitch + font.baseline(), marks);
        }
        double height = (Math.min(lines, MOST) - 1) * pitch;
        return new Artwork(marks, width, height + font.height(), height + font.baseline());
    }

    private void set(Typeset font, Line line, int from, double y, List<Mark> marks) {
        double room = width - from - font.width(line.text);
        switch (justify) {
            case 'C' -> marks.addAll(font.set(line.text, from + room / 2, y));
            case 'R' -> marks.addAll(font.set(line.text, from + room, y));
            case 'J' -> justified(font, line, from, y, room, marks);
            default -> marks.addAll(font.set(line.text, from, y));
        }
    }

    private static void justified(Typeset font, Line line, int from, double y, double room, List<Mark> marks) {
        String[] words = line.text.split(" ");
        double gap = line.last || words.length < 2 ? 0 : Math.max(0, room / (words.length - 1));
        double x = from;
        for (String word : words) {
            marks.addAll(font.set(word, x, y));
            x += font.width(word + " ") + gap;
        }
    }

    /** @param last of its paragraph, so not stretched */
    private record Line(String text, boolean last) {}

    private final class Wrapping {
        private final Typeset font;
        private final List<Line> out = new ArrayList<>();
        private String line = "";

        Wrapping(Typeset font) {
            this.font = font;
        }

        /** Breaks are found before national letters are put in: ^CI0 shows a backslash as a cent. */
        List<Line> wrap(FieldData data) {
            for (String paragraph : data.text().replace("\\-", "").split("\\\\&|\n", -1)) {
                paragraph(font.shown(data.page().national(paragraph.replace("\\\\", "\\"))));
            }
            return out;
        }

        private void paragraph(String text) {
            line = "";
            boolean first = true;
            for (String word : text.split(" ", -1)) {
                add(first ? word : " " + word, word);
                first = false;
            }
            end(true);
        }

        private void add(String joined, String word) {
            if (font.width(line + joined) <= room()) {
                line += joined;
                return;
            }
            if (!line.isBlank()) {
                end(false);
            }
            line = word;
            while (out.size() < MOST && line.length() > 1 && font.width(line) > room()) {
                breakWord();
            }
        }

        /** A word wider than the block is cut where the block ends. */
        private void breakWord() {
            int fits = line.offsetByCodePoints(0, 1);
            while (fits < line.length() && font.width(line.substring(0, line.offsetByCodePoints(fits, 1))) <= room()) {
                fits = line.offsetByCodePoints(fits, 1);
            }
            if (fits >= line.length()) {
                return;
            }
            String rest = line.substring(fits);
            line = line.substring(0, fits);
            end(false);
            line = rest;
        }

        private double room() {
            return Math.max(1, width - (out.isEmpty() ? 0 : indent)) + 0.5;
        }

        private void end(boolean last) {
            if (out.size() < MOST) {
                out.add(new Line(line.stripTrailing(), last));
            }
            line = "";
        }
    }
}

package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A font at a size: measures text and sets it.
 *
 * @param sizeX dots per em along the line
 * @param sizeY dots per em across it
 * @param height of a line, in dots
 * @param baseline from the top of the line
 * @param upper the font has capitals only
 */
record Typeset(
        Face face, Rotation rotation, double sizeX, double sizeY, double height, double baseline, boolean upper) {

    Typeset turned(Rotation other) {
        return new Typeset(face, other, sizeX, sizeY, height, baseline, upper);
    }

    /** What is shown: no control characters, capitals where the font has no others. */
    String shown(String text) {
        String visible = text.chars().anyMatch(Typeset::hidden) ? visible(text) : text;
        return upper ? visible.toUpperCase(Locale.ROOT) : visible;
    }

    private static String visible(String text) {
        return text.codePoints()
                .filter(c -> !hidden(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean hidden(int c) {
        return c < 0x20 || c >= 0x7F && c < 0xA0 || c == 0xFEFF || c >= 0x200B && c <= 0x200F || c == 0xAD;
    }

    double width(String text) {
        double em = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            em += faceFor(c).advance(c);
            i += Character.charCount(c);
        }
        return em * sizeX;
    }

    /** One mark for each run of characters that one face has. */
    List<Mark> set(String text, double x, double y) {
        List<Mark> out = new ArrayList<>(1);
        double at = x;
        for (int from = 0; from < text.length(); ) {
            Face run = faceFor(text.codePointAt(from));
            int to = runEnd(text, from, run);
            String part = text.substring(from, to);
            double width = width(part);
            out.add(new Mark.Words(run, part, at, y, sizeX, sizeY, width));
            at += width;
            from = to;
        }
        return out;
    }

    private int runEnd(String text, int from, Face run) {
        int to = from;
        while (to < text.length() && faceFor(text.codePointAt(to)) == run) {
            to += Character.charCount(text.codePointAt(to));
        }
        return to;
    }

    private Face faceFor(int c) {
        if (face.has(c)) {
            return face;
        }
        for (Face other : Face.values()) {
            if (other.has(c)) {
                return other;
            }
        }
        throw new Refusal(ZplError.MISSING_GLYPH, String.format("no embedded font has the character U+%04X", c));
    }

    Artwork line(String text) {
        String shown = shown(text);
        double width = Math.rint(width(shown));
        return new Artwork(set(shown, 0, baseline), width, height, baseline);
    }
}

package io.waybill.label.zpl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The printer's fonts by letter (ZPL II Programming Guide, "Fonts and bar codes"): matrix, gap and baseline in dots. Bitmap
 * fonts grow in whole multiples, scalable ones freely.
 */
record FontTable(int dpi) {
    /** Condensed bold as Zebra's CG Triumvirate: Liberation Sans Bold drawn narrower. Fitted to its line lengths. */
    private static final double ZERO_WIDTH = 0.843;

    private static final double ZERO_BASELINE = 0.75;
    private static final int LARGEST = 32_000;

    /** @param cap height of a capital, which is where the baseline lies */
    private record Matrix(int height, int width, int gap, int cap) {}

    private static final Matrix FONT_A = new Matrix(9, 5, 1, 7);
    private static final Map<Character, Matrix> BITMAPS = Map.of(
            'A', FONT_A,
            'B', new Matrix(11, 7, 2, 11),
            'C', new Matrix(18, 10, 2, 14),
            'D', new Matrix(18, 10, 2, 14),
            'E', new Matrix(28, 15, 5, 23),
            'F', new Matrix(26, 13, 3, 21),
            'G', new Matrix(60, 40, 8, 48),
            'H', new Matrix(21, 13, 6, 21));

    private static final Map<Character, Matrix> BITMAPS_300 =
            Map.of('E', new Matrix(42, 20, 6, 35), 'H', new Matrix(30, 19, 8, 30));
    private static final Map<Character, Matrix> BITMAPS_600 =
            Map.of('E', new Matrix(84, 40, 12, 70), 'H', new Matrix(60, 38, 16, 60));

    private static final Map<Character, int[]> SIZES = Map.of(
            '0', new int[] {15, 12},
            'P', new int[] {20, 18},
            'Q', new int[] {28, 24},
            'R', new int[] {35, 31},
            'S', new int[] {40, 35},
            'T', new int[] {48, 42},
            'U', new int[] {59, 53},
            'V', new int[] {80, 71});

    static boolean known(char letter) {
        return BITMAPS.containsKey(letter) || SIZES.containsKey(letter);
    }

    /** @param assigned name of a font file, for letters from ^CW and for ^A@ */
    Typeset of(char letter, Rotation rotation, int height, int width, @Nullable String assigned) {
        int h = Math.min(LARGEST, Math.max(0, height));
        int w = Math.min(LARGEST, Math.max(0, width));
        if (assigned != null) {
            return file(rotation, h, w);
        }
        int @Nullable [] size = SIZES.get(letter);
        return size == null ? bitmap(letter, rotation, h, w) : scalable(rotation, size, h, w);
    }

    private static Typeset scalable(Rotation rotation, int[] base, int h, int w) {
        int height = h > 0 ? h : w > 0 ? w : base[0];
        int width = w > 0 ? w : h > 0 ? h : base[1];
        double sizeY = height * ZERO_BASELINE / Face.SANS_BOLD.capHeight;
        return new Typeset(Face.SANS_BOLD, rotation, width * ZERO_WIDTH, sizeY, height, height * ZERO_BASELINE, false);
    }

    /** A font file in the printer: a plain sans, its em as high as asked for. */
    private static Typeset file(Rotation rotation, int h, int w) {
        int height = h > 0 ? h : w > 0 ? w : 15;
        int width = w > 0 ? w : height;
        return new Typeset(Face.SANS, rotation, width, height, height, height * ZERO_BASELINE, false);
    }

    private Typeset bitmap(char letter, Rotation rotation, int h, int w) {
        Matrix matrix = matrix(letter);
        int byHeight = multiple(h, matrix.height);
        int byWidth = multiple(w, matrix.width);
        int timesY = byHeight > 0 ? byHeight : Math.max(1, byWidth);
        int timesX = byWidth > 0 ? byWidth : Math.max(1, byHeight);
        Face face = letter == 'B' ? Face.MONO_BOLD : Face.MONO;
        double cell = (matrix.width + matrix.gap) * timesX / face.advance('0');
        double cap = matrix.cap * timesY / face.capHeight;
        boolean upper = letter == 'B' || letter == 'H';
        return new Typeset(face, rotation, cell, cap, matrix.height * timesY, matrix.cap * timesY, upper);
    }

    private static int multiple(int asked, int base) {
        return asked == 0 ? 0 : Math.max(1, (int) Math.round((double) asked / base));
    }

    private Matrix matrix(char letter) {
        Matrix usual = BITMAPS.getOrDefault(letter, FONT_A);
        Map<Character, Matrix> others = dpi == 600 ? BITMAPS_600 : dpi == 300 ? BITMAPS_300 : BITMAPS;
        return others.getOrDefault(letter, usual);
    }
}

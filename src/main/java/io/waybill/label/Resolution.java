package io.waybill.label;

/** Dots per inch of a label picture. */
final class Resolution {
    /** Below this it is a screen's resolution that some encoder put in (72, 96), above it no label printer's. */
    private static final double PLAUSIBLE_MIN = 145;

    private static final double PLAUSIBLE_MAX = 1250;
    private static final double[] PRINTERS = {203, 300, 200, 600, 150};
    /** Label sizes in inches, short side first. */
    private static final double[][] LABELS = {
        {4, 6},
        {4, 7},
        {4, 8},
        {4, 6.75},
        {4, 5},
        {4, 4},
        {3, 4},
        {2, 4},
        {3, 5},
        {8.5, 11},
        {105 / 25.4, 148 / 25.4},
        {100 / 25.4, 150 / 25.4},
        {210 / 25.4, 297 / 25.4}
    };

    /** Of a side's exact length in dots. */
    private static final double TOLERANCE = 0.004;

    private Resolution() {}

    /** The resolution, 0 where neither metadata nor a known label size tells it. */
    static double of(int width, int height, double metadata) {
        return metadata >= PLAUSIBLE_MIN && metadata <= PLAUSIBLE_MAX ? metadata : known(width, height);
    }

    /** Of the label sizes near enough the nearest: 800 by 1200 is 4 by 6 in at 200 dpi before it is 100 by 150 mm at 203. */
    private static double known(int width, int height) {
        double best = 0;
        double least = TOLERANCE;
        for (double dpi : PRINTERS) {
            for (double[] label : LABELS) {
                double off = Math.max(
                        off(Math.min(width, height), label[0] * dpi), off(Math.max(width, height), label[1] * dpi));
                if (off < least) {
                    least = off;
                    best = dpi;
                }
            }
        }
        return best;
    }

    private static double off(int pixels, double exact) {
        return Math.abs(pixels - exact) / exact;
    }
}

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
        {4, 3},
        {4, 2},
        {3, 5},
        {4.13, 5.83},
        {3.94, 5.91},
        {8.5, 11},
        {8.27, 11.69}
    };

    private static final double TOLERANCE = 0.004;

    private Resolution() {}

    /** The resolution, 0 where neither metadata nor a known label size tells it. */
    static double of(int width, int height, double metadata) {
        if (metadata >= PLAUSIBLE_MIN && metadata <= PLAUSIBLE_MAX) {
            return metadata;
        }
        for (double dpi : PRINTERS) {
            for (double[] label : LABELS) {
                if (near(Math.min(width, height), label[0] * dpi) && near(Math.max(width, height), label[1] * dpi)) {
                    return dpi;
                }
            }
        }
        return 0;
    }

    private static boolean near(int pixels, double exact) {
        return Math.abs(pixels - exact) <= Math.max(1.5, TOLERANCE * exact);
    }
}

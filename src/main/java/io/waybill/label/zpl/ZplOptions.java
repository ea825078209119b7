package io.waybill.label.zpl;

/**
 * How to read a label that does not say so itself.
 *
 * @param dpi dots per inch of the printer the label was made for: 152, 203, 300 or 600
 * @param widthPt page width in points where the label has no {@code ^PW}
 * @param heightPt page height in points where the label has no {@code ^LL}
 */
public record ZplOptions(int dpi, float widthPt, float heightPt) {
    private static final float SMALLEST = 9;
    private static final float LARGEST = 14_400;

    public static final ZplOptions FOUR_BY_SIX = new ZplOptions(203, 288, 432);

    public ZplOptions {
        if (dpi != 152 && dpi != 203 && dpi != 300 && dpi != 600) {
            throw new IllegalArgumentException("dpi is 152, 203, 300 or 600, not " + dpi);
        }
        if (!(widthPt >= SMALLEST && widthPt <= LARGEST && heightPt >= SMALLEST && heightPt <= LARGEST)) {
            throw new IllegalArgumentException("a label is 9 to 14400 pt, not " + widthPt + " x " + heightPt);
        }
    }

    int widthDots() {
        return Math.round(widthPt * dpi / 72);
    }

    int heightDots() {
        return Math.round(heightPt * dpi / 72);
    }
}

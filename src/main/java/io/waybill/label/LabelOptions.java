package io.waybill.label;

/**
 * How a printer wants its labels.
 *
 * @param turn show a landscape page turned by a quarter, as a portrait printer feeds it
 * @param dpi the resolution ZPL was written for: 152, 203, 300 or 600
 */
public record LabelOptions(boolean turn, int dpi) {
    public static final LabelOptions DEFAULTS = new LabelOptions(false, 203);

    public LabelOptions {
        if (dpi != 152 && dpi != 203 && dpi != 300 && dpi != 600) {
            throw new IllegalArgumentException("dpi must be 152, 203, 300 or 600, not " + dpi);
        }
    }
}

package io.waybill.label.zpl;

/**
 * Where a field stands.
 *
 * @param x in dots, NaN for where the last text ended ({@code ^FT} alone)
 * @param typeset {@code ^FT}: x, y is on the baseline, else the upper left corner
 */
record Position(double x, double y, boolean typeset, boolean rightAligned) {
    static final Position NONE = new Position(0, 0, false, false);

    Frame frame(Rotation rotation, Artwork art, Label label) {
        double startX = Double.isNaN(x) ? label.penX() : x;
        double startY = Double.isNaN(y) ? label.penY() : y;
        if (typeset) {
            Frame frame = Frame.baseline(rotation, startX, startY, art.baseline());
            return rightAligned ? frame.shifted(-rotation.a * art.width(), -rotation.b * art.width()) : frame;
        }
        boolean upright = rotation == Rotation.N || rotation == Rotation.I;
        double back = rightAligned ? upright ? art.width() : art.height() : 0;
        return Frame.corner(rotation, startX - back, startY, art.width(), art.height());
    }
}

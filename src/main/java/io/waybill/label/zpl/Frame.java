package io.waybill.label.zpl;

/** Where a field's own dots land on the label: one of four rotations and a shift. */
record Frame(Rotation rotation, double e, double f) {

    /** {@code ^FO}: x, y is the upper left corner of the turned field. */
    static Frame corner(Rotation rotation, double x, double y, double width, double height) {
        return switch (rotation) {
            case N -> new Frame(rotation, x, y);
            case R -> new Frame(rotation, x + height, y);
            case I -> new Frame(rotation, x + width, y + height);
            case B -> new Frame(rotation, x, y + width);
        };
    }

    /** {@code ^FT}: x, y is the start of the turned baseline. */
    static Frame baseline(Rotation rotation, double x, double y, double baseline) {
        return new Frame(rotation, x - rotation.c * baseline, y - rotation.d * baseline);
    }

    Frame shifted(double dx, double dy) {
        return new Frame(rotation, e + dx, f + dy);
    }

    double x(double localX, double localY) {
        return rotation.a * localX + rotation.c * localY + e;
    }

    double y(double localX, double localY) {
        return rotation.b * localX + rotation.d * localY + f;
    }

    Bounds of(Bounds local) {
        double x1 = x(local.left(), local.top());
        double x2 = x(local.right(), local.bottom());
        double y1 = y(local.left(), local.top());
        double y2 = y(local.right(), local.bottom());
        return new Bounds(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
    }
}

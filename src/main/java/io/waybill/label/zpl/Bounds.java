package io.waybill.label.zpl;

/** A rectangle in dots, y downwards. */
record Bounds(double left, double top, double right, double bottom) {
    boolean contains(Bounds other) {
        return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
    }

    boolean touches(Bounds other) {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    Bounds with(Bounds other) {
        return new Bounds(
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
    }
}

package io.waybill.label.zpl;

import java.util.List;

/**
 * A field drawn in its own dots.
 *
 * @param baseline how far below its top the point lies that {@code ^FT} names
 */
record Artwork(List<Mark> marks, double width, double height, double baseline) {
    static final Artwork NOTHING = new Artwork(List.of(), 0, 0, 0);
}

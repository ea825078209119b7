package io.waybill.label.zpl;

/** A mark on the label. */
record Placed(Mark mark, Frame frame, Ink ink) {
    Bounds bounds() {
        return frame.of(mark.bounds());
    }

    /** One black rectangle: what lies within it can be reversed by painting it white. */
    boolean solid() {
        return ink == Ink.BLACK && mark instanceof Mark.Rects rects && rects.xywh().length == 4;
    }
}

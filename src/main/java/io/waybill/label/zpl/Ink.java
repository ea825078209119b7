package io.waybill.label.zpl;

/** How a mark meets what is beneath it. */
enum Ink {
    BLACK,
    WHITE,
    /** Black where white is beneath and white where black is. */
    INVERT
}

package io.waybill.label.zpl;

import java.util.List;

/**
 * The finished PDF.
 *
 * @param sizes of its pages, in order
 * @param warnings what was left out or read leniently, each naming command and position
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is; two documents are never compared
public record ZplDocument(byte[] pdf, List<Size> sizes, List<String> warnings) {
    /** In points of 1/72 in. */
    public record Size(float width, float height) {}

    public ZplDocument {
        sizes = List.copyOf(sizes);
        warnings = List.copyOf(warnings);
    }

    public int pages() {
        return sizes.size();
    }
}

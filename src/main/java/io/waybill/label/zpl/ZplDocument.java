package io.waybill.label.zpl;

import java.util.List;

/**
 * The finished PDF.
 *
 * @param warnings what was left out or read leniently, each naming command and position
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is; two documents are never compared
public record ZplDocument(byte[] pdf, int pages, List<String> warnings) {
    public ZplDocument {
        warnings = List.copyOf(warnings);
    }
}

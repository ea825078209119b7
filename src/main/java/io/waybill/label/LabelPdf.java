package io.waybill.label;

import java.util.List;

/**
 * A label ready to print.
 *
 * @param detected what the content was, whatever it was declared as
 * @param widthPt width of the first page as a viewer shows it (CropBox, turned by /Rotate), in points of 1/72 in
 * @param warnings what was noticed on the way and did not stop it, one sentence each
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is, never compared
public record LabelPdf(
        byte[] bytes, LabelFormat detected, int pages, float widthPt, float heightPt, List<String> warnings) {
    public LabelPdf {
        warnings = List.copyOf(warnings);
    }
}

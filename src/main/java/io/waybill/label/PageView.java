package io.waybill.label;

import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** A page as it is shown: CropBox, turned by /Rotate. Some carriers' MediaBox is another. */
record PageView(float width, float height) {
    static PageView of(PDPage page) {
        PDRectangle box = page.getCropBox();
        boolean turned = page.getRotation() % 180 != 0;
        return turned ? new PageView(box.getHeight(), box.getWidth()) : new PageView(box.getWidth(), box.getHeight());
    }
}

package io.waybill.label;

import io.waybill.label.zpl.Zpl;
import io.waybill.label.zpl.ZplDocument;
import io.waybill.label.zpl.ZplError;
import io.waybill.label.zpl.ZplException;
import io.waybill.label.zpl.ZplOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** ZPL on the page asked for: its own {@code ^PW} and {@code ^LL} may say less than the printer's paper holds. */
final class ZplLabel {
    private static final float ROUNDING = 1;

    private final Content content;
    private final PageSize asked;
    private final List<String> warnings;

    ZplLabel(Content content) {
        this.content = content;
        this.asked = content.size() == null ? PageSize.LABEL : content.size();
        this.warnings = new ArrayList<>(content.warnings());
    }

    LabelPdf make() {
        ZplDocument drawn = draw();
        warnings.addAll(drawn.warnings());
        return drawn.sizes().stream().anyMatch(this::mustChange) ? changed(drawn) : asDrawn(drawn);
    }

    private LabelPdf asDrawn(ZplDocument drawn) {
        ZplDocument.Size first = drawn.sizes().get(0);
        return new LabelPdf(drawn.pdf(), LabelFormat.ZPL, drawn.pages(), first.width(), first.height(), warnings);
    }

    private boolean mustChange(ZplDocument.Size page) {
        boolean other = Math.abs(page.width() - asked.width()) > ROUNDING
                || Math.abs(page.height() - asked.height()) > ROUNDING;
        return content.size() != null && other || content.options().turn() && page.width() > page.height();
    }

    private LabelPdf changed(ZplDocument drawn) {
        try (PDDocument document = Loader.loadPDF(drawn.pdf())) {
            boolean changed = content.size() != null && widen(document);
            changed |= content.options().turn() && ArchivalPdf.turn(document);
            byte[] bytes = changed ? ArchivalPdf.seal(document, Fingerprint.number(content.bytes())) : drawn.pdf();
            PageView view = PageView.of(document.getPage(0));
            return new LabelPdf(bytes, LabelFormat.ZPL, drawn.pages(), view.width(), view.height(), warnings);
        } catch (IOException e) {
            throw new LabelException(LabelError.CORRUPT_LABEL, "The ZPL cannot be converted", e);
        }
    }

    private ZplDocument draw() {
        try {
            return Zpl.render(content.bytes(), new ZplOptions(content.options().dpi(), asked.width(), asked.height()));
        } catch (ZplException e) {
            throw new LabelException(named((ZplError) e.code()), String.valueOf(e.getMessage()), e);
        }
    }

    private static LabelError named(ZplError error) {
        return switch (error) {
            case NOTHING_TO_PRINT -> LabelError.BLANK_LABEL;
            case TRUNCATED -> LabelError.TRUNCATED_LABEL;
            case MALFORMED -> LabelError.CORRUPT_LABEL;
            case UNSUPPORTED_CONTENT -> LabelError.UNSUPPORTED_CONTENT;
            case NOT_IN_MESSAGE -> LabelError.MISSING_IMAGE;
            case BARCODE_REFUSED -> LabelError.BAD_BARCODE;
            case MISSING_GLYPH -> LabelError.MISSING_GLYPH;
            case TOO_LARGE -> LabelError.TOO_COMPLEX;
        };
    }

    /** Paper is added to the right and below. A label longer than the paper asked for keeps its length: cutting could cost a barcode. */
    private boolean widen(PDDocument document) {
        boolean widened = false;
        for (PDPage page : document.getPages()) {
            PDRectangle box = page.getMediaBox();
            float width = Math.max(box.getWidth(), asked.width());
            float height = Math.max(box.getHeight(), asked.height());
            if (width > asked.width() + ROUNDING || height > asked.height() + ROUNDING) {
                warn(width, height);
            }
            if (width > box.getWidth() + ROUNDING || height > box.getHeight() + ROUNDING) {
                page.setMediaBox(new PDRectangle(box.getLowerLeftX(), box.getUpperRightY() - height, width, height));
                page.setCropBox(null);
                widened = true;
            }
        }
        return widened;
    }

    private void warn(float width, float height) {
        String warning = "The ZPL's label is %.0f by %.0f pt, not the %.0f by %.0f pt asked for"
                .formatted(width, height, asked.width(), asked.height());
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }
}

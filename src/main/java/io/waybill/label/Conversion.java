package io.waybill.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.jspecify.annotations.Nullable;

/** One label's conversion, in whichever JVM it runs. The same content gives the same bytes. */
final class Conversion {
    /** Up to here a page is a label's; a UPS page asked for on it is reduced to its picture. */
    private static final float LABEL_WIDTH = 6.2f * 72;

    private static final float LABEL_HEIGHT = 8.5f * 72;

    private final Content content;
    private final List<String> warnings;

    private Conversion(Content content) {
        this.content = content;
        this.warnings = new ArrayList<>(content.warnings());
    }

    static LabelPdf of(Content content) {
        return switch (content.format()) {
            case PDF -> new PdfGate(content).pass();
            case HTML, GIF, PNG, JPEG, TIFF -> new Conversion(content).make();
            case ZPL -> new ZplLabel(content).make();
            case EPL ->
                throw new LabelException(
                        LabelError.UNSUPPORTED_FORMAT, "EPL is not converted; ask the carrier for ZPL or PDF");
        };
    }

    private LabelPdf make() {
        try (PDDocument document = new PDDocument()) {
            if (content.format() == LabelFormat.HTML) {
                drawHtml(document);
            } else {
                drawPictures(document, content.size(), List.of(content.bytes()));
            }
            return sealed(document);
        } catch (IOException e) {
            throw new LabelException(LabelError.CORRUPT_LABEL, "The " + content.format() + " cannot be converted", e);
        }
    }

    private void drawHtml(PDDocument document) throws IOException {
        HtmlPage page = HtmlGate.open(content.bytes(), content.resources());
        warnings.addAll(page.warnings());
        PageSize asked = content.size() != null ? content.size() : page.ownSize();
        PageSize size = asked != null ? asked : PageSize.LABEL;
        if (isLabelSized(size) && isPictures(page)) {
            drawPictures(document, size, page.pictures().values());
        } else {
            warnings.addAll(new HtmlPdf(document, page.pictures()).render(page.document(), size));
            requireInk(document);
        }
    }

    private static boolean isLabelSized(PageSize size) {
        return Math.min(size.width(), size.height()) <= LABEL_WIDTH
                && Math.max(size.width(), size.height()) <= LABEL_HEIGHT;
    }

    /** A UPS page: nothing but the label's picture, below instructions to fold the sheet that a label printer has not got. */
    private boolean isPictures(HtmlPage page) {
        boolean onlySiblings =
                page.siblings() > 0 && page.siblings() == page.pictures().size();
        org.jsoup.nodes.Element body = page.document().body().clone();
        boolean instructions = !body.select(".instructions-div").remove().isEmpty();
        boolean bare = onlySiblings && body.text().replace('\u00A0', ' ').isBlank();
        if (bare && instructions) {
            warnings.add("The instructions beside the label were left out of the label-sized page");
        }
        return bare;
    }

    private void drawPictures(PDDocument document, @Nullable PageSize size, Collection<byte[]> pictures)
            throws IOException {
        RasterPdf pages = new RasterPdf(document, size);
        for (byte[] data : pictures) {
            pages.add(Sniffer.format(data).orElseThrow(), data);
        }
        warnings.addAll(pages.warnings());
    }

    /** An empty last page is dropped: an HTML page break at the end makes one. */
    private void requireInk(PDDocument document) throws IOException {
        while (document.getNumberOfPages() > 0 && !Ink.on(last(document))) {
            document.removePage(document.getNumberOfPages() - 1);
        }
        if (document.getNumberOfPages() == 0) {
            throw new LabelException(LabelError.BLANK_LABEL, "The HTML draws nothing");
        }
        for (PDPage page : document.getPages()) {
            if (!Ink.on(page)) {
                throw new LabelException(LabelError.BLANK_LABEL, "The HTML leaves a page blank");
            }
        }
    }

    private static PDPage last(PDDocument document) {
        return document.getPage(document.getNumberOfPages() - 1);
    }

    private LabelPdf sealed(PDDocument document) throws IOException {
        if (content.options().turn()) {
            ArchivalPdf.turn(document);
        }
        PageView view = PageView.of(document.getPage(0));
        byte[] bytes = ArchivalPdf.seal(document, Fingerprint.number(content.bytes()));
        return new LabelPdf(
                bytes, content.format(), document.getNumberOfPages(), view.width(), view.height(), warnings);
    }
}

package io.waybill.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/** Several PDFs to one, in order. PDF/A where every part is one of ours. */
final class Merge {
    private final List<PDDocument> parts = new ArrayList<>();
    private boolean ours = true;

    private Merge() {}

    static byte[] of(List<byte[]> pdfs) {
        if (pdfs.isEmpty()) {
            throw new LabelException(LabelError.EMPTY_LABEL, "There is nothing to merge");
        }
        Merge merge = new Merge();
        try (PDDocument whole = new PDDocument()) {
            for (byte[] pdf : pdfs) {
                merge.append(whole, pdf);
            }
            long id = Fingerprint.number(pdfs.toArray(byte[][]::new));
            return merge.ours ? ArchivalPdf.seal(whole, id) : ArchivalPdf.save(whole, id);
        } catch (IOException e) {
            throw new LabelException(LabelError.CORRUPT_LABEL, "The PDFs cannot be merged", e);
        } finally {
            merge.close();
        }
    }

    private void append(PDDocument whole, byte[] pdf) throws IOException {
        PDDocument part = Loader.loadPDF(pdf);
        parts.add(part);
        ours &= ArchivalPdf.isOurs(part);
        for (PDPage page : part.getPages()) {
            PDPage imported = whole.importPage(page);
            imported.setResources(page.getResources());
        }
        if (whole.getNumberOfPages() > Limits.MERGED_PAGES) {
            throw new LabelException(LabelError.TOO_MANY_PAGES, "More than " + Limits.MERGED_PAGES + " pages to merge");
        }
    }

    /** After the whole is saved: until then it draws on the parts' streams. */
    private void close() {
        for (PDDocument part : parts) {
            try {
                part.close();
            } catch (IOException e) {
                throw new LabelException(LabelError.CORRUPT_LABEL, "A merged PDF cannot be closed", e);
            }
        }
    }
}

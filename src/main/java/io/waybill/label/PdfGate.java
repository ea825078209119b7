package io.waybill.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Lets a carrier's PDF through with its bytes unchanged, unless something in it acts or it must be turned. */
final class PdfGate {
    private final Content content;
    private final List<String> warnings;

    PdfGate(Content content) {
        this.content = content;
        this.warnings = new ArrayList<>(content.warnings());
    }

    LabelPdf pass() {
        try (PDDocument document = Loader.loadPDF(content.bytes())) {
            return pass(document);
        } catch (InvalidPasswordException e) {
            throw new LabelException(LabelError.ENCRYPTED_LABEL, "The PDF needs a password", e);
        } catch (StackOverflowError e) {
            throw new LabelException(LabelError.TOO_COMPLEX, "The PDF is nested too deeply", e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof LabelException known) {
                throw known;
            }
            throw new LabelException(LabelError.CORRUPT_LABEL, "The PDF cannot be read", e);
        }
    }

    private LabelPdf pass(PDDocument document) throws IOException {
        if (document.isEncrypted()) {
            throw new LabelException(
                    LabelError.ENCRYPTED_LABEL, "The PDF is encrypted; ask the carrier for one that is not");
        }
        int pages = PdfPages.count(document);
        Set<String> removed = PdfActions.strip(document.getDocument().getTrailer());
        requireInk(document, pages);
        PageView view = PageView.of(document.getPage(0));
        boolean turned = content.options().turn() && ArchivalPdf.turn(document);
        PageView shown = turned ? PageView.of(document.getPage(0)) : view;
        noteSize(shown);
        if (!removed.isEmpty()) {
            warnings.add("Active content was taken out of the PDF: " + String.join(", ", removed));
        }
        byte[] bytes = removed.isEmpty() && !turned
                ? content.bytes()
                : ArchivalPdf.save(document, Fingerprint.number(content.bytes()));
        return new LabelPdf(bytes, LabelFormat.PDF, pages, shown.width(), shown.height(), warnings);
    }

    private void requireInk(PDDocument document, int pages) throws IOException {
        int blank = 0;
        for (int i = 0; i < pages; i++) {
            if (!Ink.on(document.getPage(i))) {
                blank++;
            }
        }
        if (blank == pages) {
            throw new LabelException(LabelError.BLANK_LABEL, "The PDF draws nothing on any of its pages");
        }
        if (blank > 0) {
            warnings.add(blank + " of the PDF's " + pages + " pages are blank");
        }
    }

    private void noteSize(PageView view) {
        PageSize asked = content.size();
        if (asked != null
                && (Math.abs(view.width() - asked.width()) > 1 || Math.abs(view.height() - asked.height()) > 1)) {
            warnings.add(
                    "The PDF's page is %.0f by %.0f pt, not the %.0f by %.0f pt asked for; its bytes were left unchanged"
                            .formatted(view.width(), view.height(), asked.width(), asked.height()));
        }
    }
}

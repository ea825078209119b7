package io.waybill.cli.trial;

import io.waybill.label.zpl.Zpl;
import io.waybill.label.zpl.ZplOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** The same label by the library alone: no budget, no child JVM, no look at what comes out. */
final class PlainCall {
    private static final Set<COSName> ACTING = Set.of(
            COSName.JS,
            COSName.JAVA_SCRIPT,
            COSName.AA,
            COSName.EMBEDDED_FILES,
            COSName.getPDFName("XFA"),
            COSName.getPDFName("Launch"));
    private static final float WIDTH = 288;
    private static final float HEIGHT = 432;

    private PlainCall() {}

    static Callable<?> of(LabelSpecimen specimen) {
        byte[] data = specimen.bytes();
        return switch (specimen) {
            case HTML -> new PlainHtml(data);
            case GIF, PNG -> () -> picture(data);
            case JPEG -> () -> jpeg(data);
            case PDF -> () -> pdf(data);
            case ZPL -> () -> Zpl.render(data, ZplOptions.FOUR_BY_SIX);
        };
    }

    private static byte[] picture(byte[] data) throws IOException {
        try (PDDocument document = new PDDocument()) {
            return drawn(
                    document, LosslessFactory.createFromImage(document, ImageIO.read(new ByteArrayInputStream(data))));
        }
    }

    /** Decoded too, as a damaged one must not pass. */
    private static byte[] jpeg(byte[] data) throws IOException {
        try (PDDocument document = new PDDocument()) {
            ImageIO.read(new ByteArrayInputStream(data));
            return drawn(document, JPEGFactory.createFromByteArray(document, data));
        }
    }

    private static byte[] drawn(PDDocument document, PDImageXObject image) throws IOException {
        PDPage page = new PDPage(new PDRectangle(WIDTH, HEIGHT));
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.drawImage(image, 0, 0, WIDTH, HEIGHT);
        }
        return saved(document);
    }

    static byte[] saved(PDDocument document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    /** What has to be asked of a stranger's PDF: encrypted, anything that acts, the size, what the pages draw. */
    private static int pdf(byte[] data) throws IOException {
        try (PDDocument document = Loader.loadPDF(data)) {
            int found = document.isEncrypted() ? 1 : 0;
            for (COSObjectKey key : document.getDocument().getXrefTable().keySet()) {
                found += acts(document.getDocument().getObjectFromPool(key).getObject()) ? 1 : 0;
            }
            for (PDPage page : document.getPages()) {
                found += new PDFStreamParser(page).parse().size();
                found += (int) page.getCropBox().getWidth() + page.getRotation();
            }
            return found;
        }
    }

    private static boolean acts(COSBase object) {
        return object instanceof COSDictionary dictionary
                && (dictionary.keySet().stream().anyMatch(ACTING::contains)
                        || COSName.URI.equals(dictionary.getCOSName(COSName.S)));
    }
}

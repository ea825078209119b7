package io.waybill.cli.trial;

import com.openhtmltopdf.css.constants.IdentValue;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.waybill.label.pdf.SrgbProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;

/**
 * HTML by openhtmltopdf alone, as one who knows it would call it: PDF/A, fonts parsed once, no search for XML parsers. A
 * yardstick is not given a handicap.
 */
final class PlainHtml implements Callable<byte[]> {
    private final String html;
    private final TrueTypeFont regular = parsed("LiberationSans-Regular");
    private final TrueTypeFont bold = parsed("LiberationSans-Bold");
    private final byte[] profile = SrgbProfile.bytes();

    PlainHtml(byte[] data) {
        this.html = new String(data, StandardCharsets.UTF_8);
        XRLog.setLoggingEnabled(false);
        System.setProperty(
                DocumentBuilderFactory.class.getName(),
                DocumentBuilderFactory.newDefaultInstance().getClass().getName());
        System.setProperty(
                TransformerFactory.class.getName(),
                TransformerFactory.newDefaultInstance().getClass().getName());
    }

    @Override
    public byte[] call() throws IOException {
        try (PDDocument document = new PDDocument()) {
            PdfRendererBuilder builder = new PdfRendererBuilder()
                    .usePDDocument(document)
                    .withW3cDocument(new W3CDom().fromJsoup(Jsoup.parse(html)), "");
            builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_B);
            builder.useColorProfile(profile);
            try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
                renderer.getFontResolver().addFont(new Kept(document, regular), "Arial", 400, IdentValue.NORMAL, true);
                renderer.getFontResolver().addFont(new Kept(document, bold), "Arial", 700, IdentValue.NORMAL, true);
                renderer.layout();
                renderer.createPDFKeepOpen();
            }
            return PlainCall.saved(document);
        }
    }

    private static TrueTypeFont parsed(String file) {
        try {
            TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(resource("/fonts/" + file + ".ttf")));
            font.setEnableGsub(false);
            return font;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String path) {
        try (InputStream in = PlainHtml.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Kept extends PDFontSupplier {
        private final PDDocument document;
        private final TrueTypeFont font;

        Kept(PDDocument document, TrueTypeFont font) {
            super(null);
            this.document = document;
            this.font = font;
        }

        @Override
        public PDFont supply() {
            try {
                return PDType0Font.load(document, font, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

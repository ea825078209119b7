package io.waybill.label;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.extend.FSStream;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceType;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.waybill.label.pdf.SrgbProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * Renders a page that passed the gate. The renderer's defaults fetch http and read files into the PDF; here only {@code label:}
 * addresses resolve, only to pictures, and every other stream is a stub that ends the label.
 */
final class HtmlPdf {
    /** Half a percent is rounding. */
    private static final double TOLERANCE = 1.005;
    /** Beyond this nobody could read, or scan, what is left. */
    private static final double WIDEST = 2.5;

    private static final String[] OUTSIDE = {"http", "https", "file", "classpath", "jar", "ftp", "data"};

    static {
        XRLog.setLoggingEnabled(false);
    }

    private final PDDocument document;
    private final Map<String, byte[]> pictures;

    HtmlPdf(PDDocument document, Map<String, byte[]> pictures) {
        this.document = document;
        this.pictures = pictures;
    }

    /** What had to be done to make it fit. */
    List<String> render(Document html, PageSize size) throws IOException {
        requireGlyphs(html);
        double wider = attempt(html, size, TOLERANCE);
        if (wider == 1) {
            return List.of();
        }
        if (wider > WIDEST) {
            throw doesNotFit(wider);
        }
        // Laid out on a page so much larger, then shrunk, as a browser prints it.
        PageSize larger = new PageSize((float) (size.width() * wider), (float) (size.height() * wider));
        double again = attempt(html, larger, WIDEST);
        shrink(size, wider * again);
        return List.of("The HTML is wider than its page and was scaled to %.0f %%".formatted(100 / wider / again));
    }

    private static LabelException doesNotFit(double wider) {
        return new LabelException(
                LabelError.DOES_NOT_FIT,
                "The HTML is %.1f times as wide as its page; ask for a larger page".formatted(wider));
    }

    /** Draws, unless the content is wider than the page by more than is tolerated; says by how much. */
    private double attempt(Document html, PageSize size, double tolerated) throws IOException {
        try (PdfBoxRenderer renderer = builder(html, size).buildPdfRenderer()) {
            new Fonts(document).offerTo(renderer.getFontResolver(), words(html));
            renderer.layout();
            requireFewPages(renderer.getRootBox().getLayer().getPages().size());
            double wider = Extent.of(renderer.getRootBox());
            if (wider > tolerated) {
                return wider;
            }
            renderer.createPDFKeepOpen();
            return tolerated == TOLERANCE ? 1 : wider;
        }
    }

    private void shrink(PageSize size, double by) throws IOException {
        for (PDPage page : document.getPages()) {
            try (PDPageContentStream content = new PDPageContentStream(document, page, AppendMode.PREPEND, true)) {
                float scale = (float) (1 / by);
                content.transform(new Matrix(
                        scale,
                        0,
                        0,
                        scale,
                        0,
                        size.height() - page.getMediaBox().getHeight() * scale));
            }
            page.setMediaBox(new PDRectangle(size.width(), size.height()));
            page.setCropBox(null);
        }
    }

    private PdfRendererBuilder builder(Document html, PageSize size) {
        Document sized = html.clone();
        inject(sized, size);
        PdfRendererBuilder builder = new PdfRendererBuilder()
                .usePDDocument(document)
                .withW3cDocument(new W3CDom().fromJsoup(sized), HtmlPictures.SCHEME + ":");
        builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_B);
        builder.useColorProfile(SrgbProfile.bytes());
        builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
        builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
        shutOut(builder);
        return builder;
    }

    private static void requireFewPages(int pages) {
        if (pages > Limits.HTML_PAGES) {
            throw new LabelException(
                    LabelError.TOO_MANY_PAGES, "The HTML makes " + pages + " pages; the limit is " + Limits.HTML_PAGES);
        }
    }

    /** Styles too: they may put text before and after. */
    private static String words(Document html) {
        StringBuilder words = new StringBuilder(html.wholeText());
        html.select("style").forEach(style -> words.append(style.data()));
        return words.toString();
    }

    private static void requireGlyphs(Document html) {
        int missing = Fonts.missing(words(html));
        if (missing != -1) {
            throw new LabelException(
                    LabelError.MISSING_GLYPH,
                    "No built-in font can draw U+%04X (%s)".formatted(missing, Character.UnicodeScript.of(missing)));
        }
    }

    /** Our size comes last and wins; a margin of the page's own stays. */
    private static void inject(Document html, PageSize size) {
        String css = "@page{size:%spt %spt}".formatted(size.width(), size.height());
        html.head().prepend("<style>@page{margin:0}body{font-family:Arial}img{border:0}</style>");
        html.head().append("<style>" + css + "</style>");
    }

    private void shutOut(PdfRendererBuilder builder) {
        builder.useUriResolver((base, uri) -> pictures.containsKey(uri) ? uri : null);
        builder.useExternalResourceAccessControl(
                (uri, type) -> type == ExternalResourceType.IMAGE_RASTER && pictures.containsKey(uri),
                ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
        builder.useProtocolsStreamImplementation(HtmlPdf::refuse, OUTSIDE);
        builder.useProtocolsStreamImplementation(this::picture, HtmlPictures.SCHEME);
    }

    private static FSStream refuse(String uri) {
        throw new LabelException(LabelError.UNSUPPORTED_CONTENT, "The HTML asked for something outside");
    }

    private @Nullable FSStream picture(String uri) {
        byte[] data = pictures.get(uri);
        return data == null ? null : new Picture(data);
    }

    private record Picture(byte[] data) implements FSStream {
        @Override
        public InputStream getStream() {
            return new ByteArrayInputStream(data);
        }

        @Override
        public Reader getReader() {
            return new InputStreamReader(getStream(), StandardCharsets.UTF_8);
        }
    }
}

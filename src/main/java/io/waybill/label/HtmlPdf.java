package io.waybill.label;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.extend.FSStream;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceType;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * Renders a page that passed the gate. The renderer's defaults fetch http and read files into the PDF; here only {@code label:}
 * addresses resolve, only to pictures, and every other stream is a stub that ends the label.
 */
final class HtmlPdf {
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

    void render(Document html, PageSize size) throws IOException {
        requireGlyphs(html);
        inject(html, size);
        PdfRendererBuilder builder = new PdfRendererBuilder()
                .usePDDocument(document)
                .withW3cDocument(new W3CDom().fromJsoup(html), HtmlPictures.SCHEME + ":");
        builder.usePdfAConformance(PdfRendererBuilder.PdfAConformance.PDFA_2_B);
        builder.useColorProfile(SrgbProfile.bytes());
        builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
        builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
        shutOut(builder);
        try (PdfBoxRenderer renderer = builder.buildPdfRenderer()) {
            new Fonts(document).offerTo(renderer.getFontResolver());
            renderer.layout();
            requireFewPages(renderer.getRootBox().getLayer().getPages().size());
            renderer.createPDFKeepOpen();
        }
    }

    private static void requireFewPages(int pages) {
        if (pages > Limits.HTML_PAGES) {
            throw new LabelException(
                    LabelError.TOO_MANY_PAGES, "The HTML makes " + pages + " pages; the limit is " + Limits.HTML_PAGES);
        }
    }

    private static void requireGlyphs(Document html) {
        int missing = Fonts.missing(html.wholeText());
        for (org.jsoup.nodes.Element style : html.select("style")) {
            missing = missing == -1 ? Fonts.missing(style.data()) : missing;
        }
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

package io.waybill.label;

import com.openhtmltopdf.css.constants.IdentValue;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxFontResolver;
import com.openhtmltopdf.pdfboxout.PdfBoxFontResolver.FontGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The fonts in the jar (OFL). Parsed once in a JVM: parsing them for each label costs two thirds of its time. Not for two
 * threads at once; a child JVM has one.
 */
final class Fonts {
    private static final List<String> SANS = List.of(
            "Liberation Sans", "Arial", "Helvetica", "Verdana", "Tahoma", "Calibri", "Segoe UI", "Roboto", "SansSerif");
    private static final List<String> SERIF =
            List.of("Liberation Serif", "Times New Roman", "Times", "Georgia", "Serif");
    private static final List<String> MONO =
            List.of("Liberation Mono", "Courier New", "Courier", "Consolas", "Monospaced");

    private record Face(String file, List<String> families, int weight, IdentValue style) {}

    private static final List<Face> FACES = List.of(
            new Face("LiberationSans-Regular", SANS, 400, IdentValue.NORMAL),
            new Face("LiberationSans-Bold", SANS, 700, IdentValue.NORMAL),
            new Face("LiberationSans-Italic", SANS, 400, IdentValue.ITALIC),
            new Face("LiberationSans-BoldItalic", SANS, 700, IdentValue.ITALIC),
            new Face("LiberationSerif-Regular", SERIF, 400, IdentValue.NORMAL),
            new Face("LiberationSerif-Bold", SERIF, 700, IdentValue.NORMAL),
            new Face("LiberationMono-Regular", MONO, 400, IdentValue.NORMAL),
            new Face("LiberationMono-Bold", MONO, 700, IdentValue.NORMAL));
    private static final List<String> FALLBACKS = List.of(
            "LiberationSans-Regular",
            "NotoSansArabic-Regular",
            "NotoSansHebrew-Regular",
            "NotoSansArmenian-Regular",
            "NotoSansGeorgian-Regular",
            "NotoSansSymbols2-Regular",
            "DroidSansFallback");

    private static final Map<String, TrueTypeFont> PARSED = new TreeMap<>();

    private final PDDocument document;
    private final Map<String, PDFont> loaded = new TreeMap<>();

    Fonts(PDDocument document) {
        this.document = document;
    }

    /** Only the fallbacks that the text needs: the renderer loads every one it is offered, for every label. */
    void offerTo(PdfBoxFontResolver resolver, String text) {
        for (Face face : FACES) {
            for (String family : face.families()) {
                resolver.addFont(new Lazy(face.file()), family, face.weight(), face.style(), true, FontGroup.MAIN);
            }
        }
        for (String file : needed(text)) {
            resolver.addFont(new Lazy(file), file, 400, IdentValue.NORMAL, true, FontGroup.FINAL_FALLBACK);
        }
    }

    private static Set<String> needed(String text) {
        Set<String> needed = new TreeSet<>(Set.of(FALLBACKS.get(0)));
        text.codePoints()
                .filter(c -> c > 0x7E && glyphs(FALLBACKS.get(0)).getGlyphId(c) == 0)
                .forEach(c -> FALLBACKS.stream()
                        .filter(file -> glyphs(file).getGlyphId(c) != 0)
                        .findFirst()
                        .ifPresent(needed::add));
        return needed;
    }

    /** The first character that no font here can draw; -1 where all can be. */
    static int missing(String text) {
        return text.codePoints()
                .filter(c -> c > 0x7E && !drawsNothing(c) && !known(c))
                .findFirst()
                .orElse(-1);
    }

    private static boolean drawsNothing(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.NON_SPACING_MARK && c >= 0xFE00 && c <= 0xFE0F;
    }

    private static boolean known(int c) {
        return FALLBACKS.stream().anyMatch(file -> glyphs(file).getGlyphId(c) != 0);
    }

    private static CmapLookup glyphs(String file) {
        try {
            return Objects.requireNonNull(parsed(file).getUnicodeCmapLookup());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrueTypeFont parsed(String file) {
        return PARSED.computeIfAbsent(file, Fonts::parse);
    }

    private static TrueTypeFont parse(String file) {
        try (InputStream in =
                Objects.requireNonNull(Fonts.class.getResourceAsStream("/fonts/" + file + ".ttf"), file)) {
            TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
            // Ligatures: the layout measured single letters.
            font.setEnableGsub(false);
            return font;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the PDF's font only when a label really uses it. */
    private final class Lazy extends PDFontSupplier {
        private final String file;

        Lazy(String file) {
            super(null);
            this.file = file;
        }

        @Override
        public PDFont supply() {
            return loaded.computeIfAbsent(file, f -> {
                try {
                    return PDType0Font.load(document, parsed(f), true);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

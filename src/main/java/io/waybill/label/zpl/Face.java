package io.waybill.label.zpl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.jspecify.annotations.Nullable;

/** An embedded font file, parsed once per JVM. Widths are safe for any thread. */
enum Face {
    SANS_BOLD("LiberationSans-Bold", 0.688),
    SANS("LiberationSans-Regular", 0.688),
    MONO("LiberationMono-Regular", 0.659),
    MONO_BOLD("LiberationMono-Bold", 0.659),
    SYMBOLS("NotoSansSymbols2-Regular", 0.714),
    ARMENIAN("NotoSansArmenian-Regular", 0.714),
    GEORGIAN("NotoSansGeorgian-Regular", 0.714),
    HAN("DroidSansFallback", 0.714);

    private final String file;
    /** Height of a capital letter, in em. */
    final double capHeight;

    private volatile @Nullable Parsed parsed;

    Face(String file, double capHeight) {
        this.file = file;
        this.capHeight = capHeight;
    }

    TrueTypeFont font() {
        return parsed().font();
    }

    boolean has(int codePoint) {
        return glyph(codePoint) > 0;
    }

    int glyph(int codePoint) {
        return parsed().cmap().getGlyphId(codePoint);
    }

    /** In em. */
    double advance(int codePoint) {
        Parsed face = parsed();
        try {
            return (double) face.font().getAdvanceWidth(face.cmap().getGlyphId(codePoint)) / face.unitsPerEm();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** When first used: most labels need one or two. */
    private Parsed parsed() {
        Parsed known = parsed;
        return known == null ? parse() : known;
    }

    private synchronized Parsed parse() {
        Parsed known = parsed;
        if (known == null) {
            known = Parsed.of("/fonts/" + file + ".ttf");
            parsed = known;
        }
        return known;
    }

    private record Parsed(TrueTypeFont font, CmapLookup cmap, int unitsPerEm) {
        static Parsed of(String path) {
            try (InputStream in = Face.class.getResourceAsStream(path)) {
                if (in == null) {
                    throw new IllegalStateException("The jar lacks " + path);
                }
                TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in));
                return new Parsed(font, font.getUnicodeCmapLookup(), font.getUnitsPerEm());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}

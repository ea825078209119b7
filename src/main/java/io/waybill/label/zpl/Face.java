package io.waybill.label.zpl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** An embedded font file, parsed once per JVM. Widths are safe for any thread. */
enum Face {
    SANS_BOLD("LiberationSans-Bold", 0.688),
    SANS("LiberationSans-Regular", 0.688),
    MONO("LiberationMono-Regular", 0.659),
    MONO_BOLD("LiberationMono-Bold", 0.659);

    private final String file;
    /** Height of a capital letter, in em. */
    final double capHeight;

    Face(String file, double capHeight) {
        this.file = file;
        this.capHeight = capHeight;
    }

    /** Each is parsed when first used: most labels need one or two. */
    TrueTypeFont font() {
        return Loaded.FONTS[ordinal()].font();
    }

    boolean has(int codePoint) {
        return Loaded.FONTS[ordinal()].cmap().getGlyphId(codePoint) > 0;
    }

    int glyph(int codePoint) {
        return Loaded.FONTS[ordinal()].cmap().getGlyphId(codePoint);
    }

    double advance(int codePoint) {
        Parsed parsed = Loaded.FONTS[ordinal()];
        try {
            return (double) parsed.font().getAdvanceWidth(parsed.cmap().getGlyphId(codePoint)) / parsed.unitsPerEm();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private record Parsed(TrueTypeFont font, CmapLookup cmap, int unitsPerEm) {}

    private static final class Loaded {
        static final Parsed[] FONTS = load();

        private static Parsed[] load() {
            Face[] faces = values();
            Parsed[] out = new Parsed[faces.length];
            for (Face face : faces) {
                out[face.ordinal()] = parse("/fonts/" + face.file + ".ttf");
            }
            return out;
        }

        private static Parsed parse(String path) {
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

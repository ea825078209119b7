package io.waybill.label;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Inflater;

/**
 * Looks at a PDF's raw bytes before any parser does: is its end there, and what would its streams inflate to.
 *
 * @param unusual holds filters or spellings this look cannot weigh; such a PDF is parsed where it may be killed
 */
record PdfScan(long inflated, boolean unusual) {
    private static final int TAIL = 1024;
    private static final int DICTIONARY = 400;
    /** Real labels reach 20; chance brackets in an uncompressed picture some hundreds. */
    private static final int DEPTH = 5_000;

    private static final String OBJECT = " obj";
    private static final String FLATE = "/Fl";
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> WEIGHTLESS =
            List.of("/LZW", "/RunLength", "/RL", "/ASCII85", "/A85", "/ASCIIHex", "/AHx", "/JBIG2", "/Crypt");

    static PdfScan of(byte[] pdf) {
        requireEnd(pdf);
        Inflater inflater = new Inflater();
        try {
            return weigh(pdf, inflater);
        } finally {
            inflater.end();
        }
    }

    /** PDFBox mends a PDF that was cut off and shows blank pages. */
    private static void requireEnd(byte[] pdf) {
        String tail = new String(
                pdf, Math.max(0, pdf.length - TAIL), Math.min(TAIL, pdf.length), StandardCharsets.ISO_8859_1);
        if (!tail.contains("%%EOF")) {
            throw new LabelException(
                    LabelError.TRUNCATED_LABEL, "The PDF was cut off: its last " + TAIL + " bytes hold no %%EOF");
        }
    }

    private static PdfScan weigh(byte[] pdf, Inflater inflater) {
        byte[] scratch = new byte[65536];
        long total = 0;
        boolean unusual = false;
        int from = 0;
        for (int at = next(pdf, 0); at >= 0; at = next(pdf, from)) {
            requireShallow(pdf, from, at);
            unusual |= isUnusual(pdf, dictionary(pdf, at), at);
            int data = at + STREAM.length + (pdf[at + STREAM.length] == '\r' ? 2 : 1);
            from = data;
            if (isZlib(pdf, data)) {
                long left = Limits.INFLATED_BYTES - total;
                total += Math.max(0, Inflation.measure(inflater, pdf, data, pdf.length, left, scratch));
                from = data + Math.max(0, inflater.getTotalIn() - 1);
            }
            if (total > Limits.INFLATED_BYTES) {
                throw Inflation.tooMuch("The PDF", Limits.INFLATED_BYTES);
            }
        }
        requireShallow(pdf, from, pdf.length);
        return new PdfScan(total, unusual);
    }

    /** Brackets left open within one object; a picture's bytes, where some stand by chance, end with its {@code endstream}. */
    private static void requireShallow(byte[] pdf, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            switch (pdf[i]) {
                case '[', '<' -> depth++;
                case ']', '>' -> depth = Math.max(0, depth - 1);
                case 'e' -> depth = isEnd(pdf, i) ? 0 : depth;
                default -> {}
            }
            if (depth > DEPTH) {
                throw new LabelException(LabelError.TOO_COMPLEX, "The PDF is nested more than " + DEPTH + " deep");
            }
        }
    }

    private static boolean isEnd(byte[] pdf, int at) {
        return Sniffer.at(pdf, at, "endobj") || Sniffer.at(pdf, at, "endstream");
    }

    private static boolean isZlib(byte[] pdf, int at) {
        return at + 1 < pdf.length && (pdf[at] & 0x0F) == 8 && ((pdf[at] & 0xFF) << 8 | pdf[at + 1] & 0xFF) % 31 == 0;
    }

    /** Where the dictionary of the stream at that place begins. */
    private static int dictionary(byte[] pdf, int stream) {
        int from = Math.max(0, stream - DICTIONARY);
        for (int i = stream - OBJECT.length(); i > from; i--) {
            if (pdf[i] == ' ' && Sniffer.at(pdf, i, OBJECT)) {
                return i;
            }
        }
        return from;
    }

    /** A filter that is not weighed, two in a row, or a name spelt with {@code #} so that nobody knows it again. */
    private static boolean isUnusual(byte[] pdf, int from, int to) {
        for (int i = from; i < to; i++) {
            if (pdf[i] == '#' && isHex(pdf[i + 1]) && isHex(pdf[i + 2])) {
                return true;
            }
            if (pdf[i] == '/' && (isWeightless(pdf, i) || isTwice(pdf, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWeightless(byte[] pdf, int at) {
        for (String filter : WEIGHTLESS) {
            if (pdf[at + 1] == filter.charAt(1) && Sniffer.at(pdf, at, filter)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTwice(byte[] pdf, int at) {
        if (!Sniffer.at(pdf, at, FLATE)) {
            return false;
        }
        int next = at + FLATE.length();
        while (next < pdf.length && (Character.isLetterOrDigit(pdf[next]) || pdf[next] <= ' ' || pdf[next] == '[')) {
            next++;
        }
        return Sniffer.at(pdf, next, FLATE);
    }

    private static boolean isHex(byte b) {
        return Character.digit(b, 16) >= 0;
    }

    /** The next word {@code stream} that begins one: a line end follows, {@code end} does not stand before. */
    private static int next(byte[] pdf, int from) {
        for (int i = from; i < pdf.length - STREAM.length - 1; i++) {
            if (pdf[i] == 's' && matches(pdf, i) && !(i > 2 && pdf[i - 1] == 'd')) {
                byte after = pdf[i + STREAM.length];
                if (after == '\r' || after == '\n') {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean matches(byte[] pdf, int at) {
        for (int i = 1; i < STREAM.length; i++) {
            if (pdf[at + i] != STREAM[i]) {
                return false;
            }
        }
        return true;
    }
}

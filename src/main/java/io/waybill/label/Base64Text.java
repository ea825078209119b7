package io.waybill.label;

import java.util.Arrays;

/** The spellings of Base64 met in carriers' answers, brought to the plain alphabet. */
final class Base64Text {
    /** Of printable text, this share must be Base64 letters before it counts as spoilt Base64 rather than as something else. */
    private static final double SPOILT = 0.95;

    private Base64Text() {}

    /** The letters without white space, JSON escapes, quotes and URL-safe spelling, with padding as the decoder wants it; empty when this is not Base64. */
    static byte[] letters(byte[] text) {
        byte[] out = new byte[text.length + 4];
        int n = 0;
        int strange = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            if (b == '\\' && i + 1 < text.length && escape(text[i + 1])) {
                if (text[i + 1] == '/') {
                    out[n++] = '/';
                }
                i++;
            } else if (isLetter(b) || b == '=') {
                out[n++] = plain(b);
            } else if (!isSpace(b) && !isQuote(text, i)) {
                strange++;
            }
        }
        return strange == 0 ? padded(out, n) : refused(n, strange);
    }

    private static byte[] refused(int letters, int strange) {
        if (letters > 64 && letters >= SPOILT * (letters + strange)) {
            throw new LabelException(
                    LabelError.BAD_ENCODING, "The label's Base64 holds " + strange + " characters that are none of it");
        }
        return new byte[0];
    }

    private static byte[] padded(byte[] out, int length) {
        int n = length;
        while (n > 0 && out[n - 1] == '=') {
            n--;
        }
        if (length - n > 2 || (length != n && length % 4 != 0)) {
            throw new LabelException(LabelError.BAD_ENCODING, "The label's Base64 has a bad padding");
        }
        if (n < 4) {
            return new byte[0];
        }
        return Arrays.copyOf(out, n);
    }

    private static boolean escape(byte b) {
        return b == '/' || b == 'n' || b == 'r' || b == 't';
    }

    private static boolean isQuote(byte[] text, int i) {
        return text[i] == '"' && (i == 0 || i == text.length - 1);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == 0x0C;
    }

    private static byte plain(byte b) {
        return switch (b) {
            case '-' -> '+';
            case '_' -> '/';
            default -> b;
        };
    }

    private static boolean isLetter(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || b == '+'
                || b == '/'
                || b == '-'
                || b == '_';
    }
}

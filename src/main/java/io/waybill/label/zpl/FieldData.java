package io.waybill.label.zpl;

import java.io.ByteArrayOutputStream;

/**
 * Field data as it stands, with what is needed to read it.
 *
 * @param hex the {@code ^FH} indicator, or 0 for none
 * @param bytes whether the input came as bytes, so that each char is one byte of the code page
 */
record FieldData(String raw, char hex, CodePage page, boolean bytes) {

    /** Escapes and code page resolved: what a barcode encodes. */
    String text() {
        if (hex == 0 && isAscii(raw)) {
            return raw;
        }
        Decoding out = new Decoding();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (hex != 0 && c == hex && isHex(i + 1) && isHex(i + 2)) {
                out.add(Integer.parseInt(raw, i + 1, i + 3, 16));
                i += 2;
            } else if (c < 0x80 || bytes && c <= 0xFF) {
                out.add(c);
            } else {
                out.add(String.valueOf(c));
            }
        }
        return out.end();
    }

    /** What a font shows. */
    String shown() {
        return page.national(text());
    }

    private boolean isHex(int index) {
        return index < raw.length() && Character.digit(raw.charAt(index), 16) >= 0 && raw.charAt(index) < 0x80;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private final class Decoding {
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private final StringBuilder out = new StringBuilder();

        void add(int value) {
            pending.write(value);
        }

        void add(String characters) {
            flush();
            out.append(characters);
        }

        void flush() {
            out.append(pending.toString(page.charset()));
            pending.reset();
        }

        String end() {
            flush();
            return out.toString();
        }
    }
}

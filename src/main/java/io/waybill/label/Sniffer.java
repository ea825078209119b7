package io.waybill.label;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells a label's format from its bytes; what a carrier declares is not asked. */
final class Sniffer {
    private static final int WINDOW = 4096;
    private static final int PDF_WINDOW = 1024;
    private static final Pattern HTML = Pattern.compile(
            "^\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(!doctype\\s+html|html|head|body|style|title|meta|div|table|p|center|font|img|span|h[1-6]|b|br|pre)\\b",
            Pattern.DOTALL);
    private static final Pattern ZPL = Pattern.compile("\\^XA|~DG|\\^DF|~DY|\\^XG");
    private static final Pattern EPL = Pattern.compile("(?m)^N\\s*$[\\s\\S]*^[AB]\\d+,\\d+,");

    private Sniffer() {}

    static Optional<LabelFormat> format(byte[] data) {
        Optional<LabelFormat> binary = binary(data);
        return binary.isPresent() ? binary : textual(data);
    }

    /** A name for what was recognised and cannot be a label, for the message. */
    static Optional<String> foreign(byte[] data) {
        if (starts(data, "RIFF") && at(data, 8, "WEBP")) {
            return Optional.of("WebP");
        }
        if (starts(data, "PK\u0003\u0004")) {
            return Optional.of("ZIP");
        }
        if (starts(data, "BM") && at(data, 6, "\0\0\0\0")) {
            return Optional.of("BMP");
        }
        return starts(data, "%!PS") ? Optional.of("PostScript") : Optional.empty();
    }

    static boolean isGzip(byte[] data) {
        return data.length > 2 && (data[0] & 0xFF) == 0x1F && (data[1] & 0xFF) == 0x8B;
    }

    private static Optional<LabelFormat> binary(byte[] data) {
        if (starts(data, "%PDF-")) {
            return Optional.of(LabelFormat.PDF);
        }
        if (starts(data, "GIF8")) {
            return Optional.of(LabelFormat.GIF);
        }
        if (starts(data, "\u0089PNG")) {
            return Optional.of(LabelFormat.PNG);
        }
        if (starts(data, "\u00FF\u00D8\u00FF")) {
            return Optional.of(LabelFormat.JPEG);
        }
        boolean tiff = starts(data, "II*\0") || starts(data, "MM\0*") || starts(data, "II+\0") || starts(data, "MM\0+");
        return tiff ? Optional.of(LabelFormat.TIFF) : Optional.empty();
    }

    private static Optional<LabelFormat> textual(byte[] data) {
        String head = new String(data, 0, Math.min(data.length, WINDOW), StandardCharsets.ISO_8859_1);
        String text = head.startsWith("\u00EF\u00BB\u00BF") ? head.substring(3) : head;
        if (HTML.matcher(text.toLowerCase(Locale.ROOT)).lookingAt()) {
            return Optional.of(LabelFormat.HTML);
        }
        if (ZPL.matcher(text.toUpperCase(Locale.ROOT)).find()) {
            return Optional.of(LabelFormat.ZPL);
        }
        if (text.substring(0, Math.min(text.length(), PDF_WINDOW)).contains("%PDF-")) {
            return Optional.of(LabelFormat.PDF);
        }
        return EPL.matcher(text).find() ? Optional.of(LabelFormat.EPL) : Optional.empty();
    }

    private static boolean starts(byte[] data, String magic) {
        return at(data, 0, magic);
    }

    static boolean at(byte[] data, int offset, String magic) {
        if (offset < 0 || data.length - offset < magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if ((data[offset + i] & 0xFF) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}

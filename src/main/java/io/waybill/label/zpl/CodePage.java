package io.waybill.label.zpl;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code ^CI} chooses. 0 to 13 are code page 850; 0 to 12 swap national letters into thirteen places of ASCII
 * (ZPL II Programming Guide, "International characters").
 */
record CodePage(Charset charset, String swaps) {
    private static final String SWAPPED = "#0@[\\]^`{|}~";
    private static final Charset CP850 = Charset.forName("IBM850");
    private static final List<String> NATIONAL = List.of(
            "#0@[¢]^`{|}~",
            "#0@⅓¢⅔^`¼½¾~",
            "£0@[¢]^`{|}~",
            "ƒ0§[Ĳ]^`{ĳ}~",
            "#0@ÆØÅ^`æøå~",
            "Ü0ÉÄÖÅÜéäöåü",
            "#0§ÄÖÜ^`äöüß",
            "£0à[ç]^`é|ù¨",
            "#0àâçêîôéùèû",
            "£0§[çé^ùàòèì",
            "#0§¡Ñ¿^`{ñç~",
            "£0ÉÄÖÜ^äëïöü",
            "#0@[¥]^`{|}~");
    static final CodePage START = of(0);

    static CodePage of(int number) {
        if (number >= 0 && number < NATIONAL.size()) {
            return new CodePage(CP850, NATIONAL.get(number));
        }
        return new CodePage(charset(number), SWAPPED);
    }

    static boolean known(int number) {
        return number >= 0 && number <= 13 || number == 15 || number >= 27 && number <= 36;
    }

    private static Charset charset(int number) {
        return switch (number) {
            case 15 -> Charset.forName("Shift_JIS");
            case 27 -> Charset.forName("windows-1252");
            case 28 -> StandardCharsets.UTF_8;
            case 29 -> StandardCharsets.UTF_16BE;
            case 30 -> StandardCharsets.UTF_16LE;
            case 31 -> Charset.forName("windows-1250");
            case 33 -> Charset.forName("windows-1251");
            case 34 -> Charset.forName("windows-1253");
            case 35 -> Charset.forName("windows-1254");
            case 36 -> Charset.forName("windows-1255");
            default -> CP850;
        };
    }

    /** Fonts show the national letters; barcodes take the code as it is. */
    String national(String text) {
        if (swaps.equals(SWAPPED)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            int place = SWAPPED.indexOf(out.charAt(i));
            if (place >= 0) {
                out.setCharAt(i, swaps.charAt(place));
            }
        }
        return out.toString();
    }
}

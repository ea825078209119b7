package io.waybill.label.zpl;

import java.util.Locale;
import java.util.function.Function;
import uk.org.okapibarcode.backend.Codabar;
import uk.org.okapibarcode.backend.Code11;
import uk.org.okapibarcode.backend.Code2Of5;
import uk.org.okapibarcode.backend.Code3Of9;
import uk.org.okapibarcode.backend.Code93;
import uk.org.okapibarcode.backend.MsiPlessey;
import uk.org.okapibarcode.backend.Plessey;
import uk.org.okapibarcode.backend.Symbol;

/** One-dimensional types with an interpretation line. Parameter places are those of the ZPL II Programming Guide. */
record LinearBarcodes(Params p, BarcodeDefaults by) {

    private Artwork art(Bars bars, int heightAt, boolean shownByDefault, String text) {
        int height = p.whole(heightAt, by.height(), 1, 32_000);
        boolean shown = p.yes(heightAt + 1, shownByDefault);
        boolean above = p.yes(heightAt + 2, false);
        return new Interpretation(shown, above, by.module()).with(bars.mark(height), bars.width(), height, text);
    }

    private Bars twoWidths(Symbol symbol, String data) {
        return Bars.ofTwoWidths(symbol, data, by.module(), by.wide());
    }

    Function<String, Artwork> code128() {
        return text -> {
            Code128Data data = Code128Data.of(text, p.letter(5, 'N'));
            Bars bars = Bars.ofPattern(Code128.pattern(data.codeWords()), by.module());
            return art(bars, 1, true, data.readable());
        };
    }

    Function<String, Artwork> code39() {
        return text -> {
            Code3Of9 symbol = new Code3Of9();
            symbol.setModuleWidthRatio(3);
            symbol.setCheckDigit(p.yes(1, false) ? Code3Of9.CheckDigit.MOD43 : Code3Of9.CheckDigit.NONE);
            String data = text.replaceAll("^\\*|\\*$", "").toUpperCase(Locale.ROOT);
            return art(twoWidths(symbol, data), 2, true, "*" + data + "*");
        };
    }

    Function<String, Artwork> logmars() {
        return text -> {
            Code3Of9 symbol = new Code3Of9();
            symbol.setModuleWidthRatio(3);
            symbol.setCheckDigit(Code3Of9.CheckDigit.MOD43);
            Bars bars = twoWidths(symbol, text.toUpperCase(Locale.ROOT));
            int height = p.whole(1, by.height(), 1, 32_000);
            return new Interpretation(true, p.yes(2, false), by.module())
                    .with(bars.mark(height), bars.width(), height, text.toUpperCase(Locale.ROOT));
        };
    }

    /** Printers skip what is no digit and pad to an even number. */
    Function<String, Artwork> interleaved() {
        return text -> {
            String digits = digits(text);
            String checked = p.yes(4, false) ? digits + Code128Data.checkDigit(digits) : digits;
            String even = checked.length() % 2 == 0 ? checked : "0" + checked;
            Code2Of5 symbol = new Code2Of5(Code2Of5.ToFMode.INTERLEAVED);
            symbol.setModuleWidthRatio(3);
            return art(twoWidths(symbol, even), 1, true, even);
        };
    }

    Function<String, Artwork> twoOfFive(Code2Of5.ToFMode mode) {
        return text -> {
            Code2Of5 symbol = new Code2Of5(mode);
            symbol.setModuleWidthRatio(3);
            return art(twoWidths(symbol, digits(text)), 1, true, digits(text));
        };
    }

    private static String digits(String text) {
        String digits = Code128Data.digits(text);
        if (digits.isEmpty()) {
            throw new Refusal(ZplError.BARCODE_REFUSED, "the data holds no digits");
        }
        return digits;
    }

    Function<String, Artwork> code93() {
        return text -> {
            Code93 symbol = new Code93();
            symbol.setShowCheckDigits(p.yes(4, false));
            return art(Bars.ofModules(symbol, text, by.module()), 1, true, text);
        };
    }

    Function<String, Artwork> codabar() {
        return text -> {
            Codabar symbol = new Codabar();
            symbol.setModuleWidthRatio(3);
            String upper = text.toUpperCase(Locale.ROOT);
            boolean framed = upper.matches("[A-D].*[A-D]");
            String data = framed ? upper : p.letter(5, 'A') + upper + p.letter(6, 'A');
            return art(twoWidths(symbol, data), 2, true, data);
        };
    }

    Function<String, Artwork> code11() {
        return text -> {
            Code11 symbol = new Code11();
            symbol.setModuleWidthRatio(3);
            symbol.setCheckDigitCount(p.yes(1, false) ? 1 : 2);
            return art(twoWidths(symbol, text), 2, true, text);
        };
    }

    Function<String, Artwork> msi() {
        return text -> {
            MsiPlessey symbol = new MsiPlessey();
            symbol.setModuleWidthRatio(3);
            symbol.setCheckDigit(
                    switch (p.letter(1, 'B')) {
                        case 'A' -> MsiPlessey.CheckDigit.NONE;
                        case 'C' -> MsiPlessey.CheckDigit.MOD10_MOD10;
                        case 'D' -> MsiPlessey.CheckDigit.MOD11_MOD10;
                        default -> MsiPlessey.CheckDigit.MOD10;
                    });
            return art(twoWidths(symbol, text), 2, true, text);
        };
    }

    Function<String, Artwork> plessey() {
        return text -> art(Bars.ofModules(new Plessey(), text.toUpperCase(Locale.ROOT), by.module()), 2, true, text);
    }
}

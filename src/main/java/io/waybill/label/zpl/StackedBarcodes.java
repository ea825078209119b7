package io.waybill.label.zpl;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import uk.org.okapibarcode.backend.CodablockF;
import uk.org.okapibarcode.backend.Code49;
import uk.org.okapibarcode.backend.DataBar14;
import uk.org.okapibarcode.backend.DataBarExpanded;
import uk.org.okapibarcode.backend.DataBarLimited;
import uk.org.okapibarcode.backend.Pdf417;
import uk.org.okapibarcode.backend.Symbol;
import uk.org.okapibarcode.graphics.Rectangle;

/** Rows of bars: PDF417, MicroPDF417, Codablock F, Code 49, GS1 DataBar. */
record StackedBarcodes(Params p, BarcodeDefaults by) {

    Function<String, Artwork> pdf417() {
        return text -> {
            Pdf417 symbol = new Pdf417(p.yes(5, false) ? Pdf417.Mode.TRUNCATED : Pdf417.Mode.NORMAL);
            symbol.setPreferredEccLevel(p.whole(2, 0, 0, 8));
            if (p.has(3)) {
                symbol.setDataColumns(p.whole(3, 1, 1, 30));
            }
            if (p.has(4)) {
                symbol.setRows(p.whole(4, 3, 3, 90));
            }
            return rows(symbol, text);
        };
    }

    /** Modes 0 to 33 choose columns and rows; the rows follow from the data. */
    Function<String, Artwork> microPdf417() {
        int mode = p.whole(2, 0, 0, 33);
        return text -> {
            Pdf417 symbol = new Pdf417(Pdf417.Mode.MICRO);
            symbol.setDataColumns(mode <= 5 ? 1 : mode <= 12 ? 2 : mode <= 22 ? 3 : 4);
            return rows(symbol, text);
        };
    }

    private Artwork rows(Pdf417 symbol, String text) {
        symbol.setBarHeight(1);
        List<Rectangle> cells = Bars.drawn(symbol, text);
        int rows = (int) cells.stream().mapToDouble(r -> r.y + r.height).max().orElse(1);
        int high = p.whole(1, Math.max(1, by.height() / rows), 1, 1000);
        return Grid.of(cells, by.module(), high);
    }

    Function<String, Artwork> codablock() {
        if (p.letter(5, 'F') != 'F') {
            throw new Refusal(ZplError.UNSUPPORTED_CONTENT, "only Codablock F is drawn");
        }
        return text -> scaled(new CodablockF(), text, p.whole(1, 8, 2, 1000), 15);
    }

    Function<String, Artwork> code49() {
        return text -> scaled(new Code49(), text.toUpperCase(Locale.ROOT), p.whole(1, by.height(), 1, 1000), 10);
    }

    /** @param unit how many modules high Okapi draws a row */
    private Artwork scaled(Symbol symbol, String text, int rowHeight, double unit) {
        return Grid.of(Bars.drawn(symbol, text), by.module(), rowHeight / unit);
    }

    Function<String, Artwork> dataBar() {
        int module = p.whole(2, by.module(), 1, 100);
        int type = p.whole(1, 1);
        if (type < 1 || type > 6) {
            throw new Refusal(ZplError.UNSUPPORTED_CONTENT, "DataBar type " + type + " is not drawn");
        }
        return text -> {
            if (text.indexOf('|') >= 0) {
                throw new Refusal(ZplError.UNSUPPORTED_CONTENT, "composite components are not drawn");
            }
            return type == 6 ? expanded(text, module) : omnidirectional(type, gtin(text), module);
        };
    }

    private Artwork expanded(String text, int module) {
        DataBarExpanded symbol = new DataBarExpanded();
        symbol.setDataType(Symbol.DataType.GS1);
        symbol.setStacked(false);
        symbol.setBarHeight(34);
        return Grid.of(symbol, text.replace('(', '[').replace(')', ']'), module, module);
    }

    private static Artwork omnidirectional(int type, String gtin, int module) {
        if (type == 5) {
            DataBarLimited limited = new DataBarLimited();
            limited.setBarHeight(10);
            return Grid.of(limited, gtin, module, module);
        }
        DataBar14 symbol = new DataBar14(
                type == 4 ? DataBar14.Mode.OMNI : type == 3 ? DataBar14.Mode.STACKED : DataBar14.Mode.LINEAR);
        symbol.setBarHeight(type == 2 ? 13 : 33);
        return Grid.of(symbol, gtin, module, module);
    }

    /** Thirteen digits, the check digit is added by the symbol. */
    private static String gtin(String text) {
        String digits = Code128Data.digits(text);
        String short13 = digits.substring(0, Math.min(13, digits.length()));
        return "0".repeat(13 - short13.length()) + short13;
    }
}

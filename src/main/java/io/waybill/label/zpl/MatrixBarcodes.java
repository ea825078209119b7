package io.waybill.label.zpl;

import java.util.function.Function;
import uk.org.okapibarcode.backend.AztecCode;
import uk.org.okapibarcode.backend.AztecRune;
import uk.org.okapibarcode.backend.DataMatrix;
import uk.org.okapibarcode.backend.OkapiException;
import uk.org.okapibarcode.backend.Symbol;

/** Two-dimensional types of square cells: Aztec, QR, Data Matrix. */
record MatrixBarcodes(Params p, BarcodeDefaults by, int dpi, Warnings warnings, Command command) {
    private static final String FNC1 = "\\<FNC1>";
    private static final int RUNE = 300;

    /** Sides of the symbols in Okapi's order, which is that of the standard. */
    private static final int[][] DATA_MATRIX = {
        {10, 10}, {12, 12}, {14, 14}, {16, 16}, {18, 18}, {20, 20}, {22, 22}, {24, 24}, {26, 26}, {32, 32},
        {36, 36}, {40, 40}, {44, 44}, {48, 48}, {52, 52}, {64, 64}, {72, 72}, {80, 80}, {88, 88}, {96, 96},
        {104, 104}, {120, 120}, {132, 132}, {144, 144}, {8, 18}, {8, 32}, {12, 26}, {12, 36}, {16, 36}, {16, 48}
    };

    private int magnification(int index) {
        int usual = dpi == 600 ? 6 : dpi == 300 ? 3 : 2;
        return p.whole(index, usual, 1, 100);
    }

    Function<String, Artwork> aztec() {
        int cell = magnification(1);
        int size = p.whole(3, 0);
        return text -> Grid.of(size == RUNE ? new AztecRune() : aztecOf(size), text, cell, cell);
    }

    private static Symbol aztecOf(int size) {
        AztecCode symbol = new AztecCode();
        if (size >= 101 && size <= 104) {
            symbol.setPreferredSize(size - 100);
        } else if (size >= 201 && size <= 232) {
            symbol.setPreferredSize(size - 196);
        } else if (size >= 1 && size <= 99) {
            symbol.setPreferredEccLevel(size <= 10 ? 1 : size <= 23 ? 2 : size <= 36 ? 3 : 4);
        }
        return symbol;
    }

    /** Printers shift a QR code down by the height of ^BY. */
    Function<String, Artwork> qr() {
        int cell = magnification(2);
        return text -> QrData.of(text, p.letter(3, 'Q'), warnings, command).draw(cell);
    }

    Function<String, Artwork> dataMatrix() {
        int cell = p.whole(1, Math.max(1, by.height() / 10), 1, 1000);
        if (p.whole(2, 0) != 200) {
            warnings.add(command, "quality " + p.whole(2, 0) + " is obsolete, drawn as ECC 200");
        }
        return text -> Grid.of(dataMatrix(fnc1(text)).getRectangles(), cell, cell);
    }

    /** A size that the data does not fit is left to the data, as on the printer's larger symbols. */
    private Symbol dataMatrix(String text) {
        int index = preferred();
        if (index > 0) {
            try {
                return drawn(index, text);
            } catch (OkapiException tooSmall) {
                warnings.add(command, "the data does not fit the size asked for");
            }
        }
        return drawn(0, text);
    }

    private DataMatrix drawn(int preferred, String text) {
        DataMatrix symbol = new DataMatrix();
        if (preferred > 0) {
            symbol.setPreferredSize(preferred);
        }
        boolean wide = p.whole(7, 1) == 2;
        symbol.setForceMode(wide ? DataMatrix.ForceMode.RECTANGULAR : DataMatrix.ForceMode.SQUARE);
        Bars.drawn(symbol, text);
        return symbol;
    }

    private int preferred() {
        int columns = p.whole(3, 0);
        int rows = p.whole(4, columns);
        for (int i = 0; i < DATA_MATRIX.length; i++) {
            if (DATA_MATRIX[i][0] == rows && DATA_MATRIX[i][1] == columns) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The escape character, by default only at the very start, followed by 1 is FNC1: GS1 data. */
    private String fnc1(String text) {
        String escape = p.text(6, "");
        if (escape.isEmpty()) {
            return text.startsWith("_1") ? FNC1 + text.substring(2) : text;
        }
        char e = escape.charAt(0);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean escaped = text.charAt(i) == e && i + 1 < text.length();
            out.append(escaped ? escaped(text.charAt(++i), e) : String.valueOf(text.charAt(i)));
        }
        return out.toString();
    }

    private static String escaped(char c, char escape) {
        if (c == '1') {
            return FNC1;
        }
        return c >= '@' && c <= '_'
                ? String.valueOf((char) (c - '@'))
                : c == escape ? String.valueOf(c) : "" + escape + c;
    }
}

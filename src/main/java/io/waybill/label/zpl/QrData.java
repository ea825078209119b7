package io.waybill.label.zpl;

import uk.org.okapibarcode.backend.QrCode;

/** Field data of {@code ^BQ}: correction level, input mode and a comma before what is encoded. */
record QrData(char level, String text) {
    /** {@code ^FT} names a point so many modules below the symbol: ZebraDesigner and Labelary agree on it. */
    private static final int BELOW = 7;

    static QrData of(String text, char level, Warnings warnings, Command command) {
        if (text.matches("(?s)D[0-9]{2}[0-9]{2}[0-9A-Fa-f]{2},.*")) {
            warnings.add(command, "a part of a structured append is drawn as a symbol of its own");
            return of(text.substring(8), level, warnings, command);
        }
        if (text.matches("(?s)[HQMLhqml][AMam],.*")) {
            String data = text.substring(3);
            boolean manual = Character.toUpperCase(text.charAt(1)) == 'M';
            return new QrData(Character.toUpperCase(text.charAt(0)), manual ? segments(data) : data);
        }
        if (text.matches("(?s)[HQMLAMhqmlam],.*")) {
            return new QrData(level, text.substring(2));
        }
        warnings.add(command, "the QR data has no correction level and input mode before a comma");
        return new QrData(level, text);
    }

    /** N, A, K to the next comma; B and four digits count its bytes. Okapi finds the modes again by itself. */
    private static String segments(String data) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < data.length()) {
            boolean counted = data.substring(at).matches("(?s)[Bb][0-9]{4}.*");
            int from = at + (counted ? 5 : 1);
            int to = counted ? from + Integer.parseInt(data, at + 1, from, 10) : data.indexOf(',', from);
            to = to < 0 ? data.length() : Math.min(to, data.length());
            out.append(data, Math.min(from, to), to);
            at = to + 1;
        }
        return out.toString();
    }

    Artwork draw(int cell) {
        QrCode symbol = new QrCode();
        symbol.setPreferredEccLevel(QrCode.EccLevel.valueOf(String.valueOf(level)));
        Artwork art = Grid.of(symbol, text, cell, cell);
        return new Artwork(art.marks(), art.width(), art.height(), art.height() + BELOW * cell);
    }
}

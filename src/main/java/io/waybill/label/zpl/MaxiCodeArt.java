package io.waybill.label.zpl;

import java.util.List;
import java.util.function.Function;
import uk.org.okapibarcode.backend.MaxiCode;
import uk.org.okapibarcode.graphics.Circle;
import uk.org.okapibarcode.graphics.Hexagon;

/**
 * MaxiCode at its one size (ISO/IEC 16023: hexagons 0.88 mm apart), as paths. {@code ^BD} takes class of service, country and
 * postal code as one run of characters; the symbol wants them the other way round.
 */
record MaxiCodeArt(Params p, int dpi) {
    /** Okapi draws neighbours 2.46 apart; the standard puts them 0.88 mm apart. */
    private static final double MM_PER_UNIT = 0.88 / 2.46;

    private static final int FIXED = 6;
    private static final int ZIP = 9;
    private static final int POSTCODE = 6;

    Function<String, Artwork> symbol() {
        return text -> {
            MaxiCode symbol = new MaxiCode();
            int mode = p.whole(0, 2, 2, 6);
            symbol.setMode(mode);
            structuredAppend(symbol);
            int primary = mode == 2 ? FIXED + zipLength(text) : mode == 3 ? FIXED + POSTCODE : 0;
            if (text.length() < primary) {
                throw new Refusal(ZplError.BARCODE_REFUSED, "the MaxiCode data is shorter than its postal part");
            }
            if (primary > 0) {
                symbol.setPrimary(primary(text.substring(0, primary), mode == 2 ? '0' : ' '));
            }
            Bars.drawn(symbol, text.substring(primary));
            return draw(symbol);
        };
    }

    private void structuredAppend(MaxiCode symbol) {
        int total = p.whole(2, 1, 1, 8);
        if (total > 1) {
            symbol.setStructuredAppendPosition(p.whole(1, 1, 1, total));
            symbol.setStructuredAppendTotal(total);
        }
    }

    /** Nine digits as a rule; five are padded, as sent by some carriers. */
    private static int zipLength(String text) {
        int digits = 0;
        while (digits < ZIP && FIXED + digits < text.length() && Character.isDigit(text.charAt(FIXED + digits))) {
            digits++;
        }
        return digits;
    }

    /** Okapi takes nine places of postal code, three of country, three of service. */
    private static String primary(String text, char padding) {
        String postal = text.substring(FIXED);
        String nine = postal + String.valueOf(padding).repeat(ZIP - postal.length());
        return nine + text.substring(3, FIXED) + text.substring(0, 3);
    }

    private Artwork draw(MaxiCode symbol) {
        double scale = MM_PER_UNIT * dpi / 25.4;
        Contour path = new Contour();
        for (Hexagon h : symbol.getHexagons()) {
            double[] xy = new double[12];
            for (int i = 0; i < 6; i++) {
                xy[2 * i] = h.getX(i) * scale;
                xy[2 * i + 1] = h.getY(i) * scale;
            }
            path.polygon(xy);
        }
        for (Circle c : symbol.getTarget()) {
            double r = c.radius * scale;
            path.ellipse(c.centreX * scale - r, c.centreY * scale - r, 2 * r, 2 * r);
        }
        double width = Math.rint(symbol.getWidth() * scale);
        double height = Math.rint(symbol.getHeight() * scale);
        return new Artwork(List.of(new Mark.Outline(path)), width, height, height);
    }
}

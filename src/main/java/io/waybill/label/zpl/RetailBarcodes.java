package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import uk.org.okapibarcode.backend.Ean;
import uk.org.okapibarcode.backend.EanUpcAddOn;
import uk.org.okapibarcode.backend.Symbol;
import uk.org.okapibarcode.backend.Upc;
import uk.org.okapibarcode.graphics.Rectangle;

/** EAN and UPC: guard bars reach down into the digits, which stand under their own bars. */
record RetailBarcodes(Params p, BarcodeDefaults by) {
    private static final int GUARD = 5;
    private static final int OUTSIDE = 9;

    /** Digits of the line that stand together: from which module, which digits. */
    private record Group(int module, int from, int to) {}

    Function<String, Artwork> ean13() {
        List<Group> groups = List.of(new Group(-OUTSIDE, 0, 1), new Group(3, 1, 7), new Group(50, 7, 13));
        return text -> {
            String digits = sized(text, 12);
            return art(new Ean(Ean.Mode.EAN13), digits, digits + Code128Data.checkDigit(digits), groups);
        };
    }

    Function<String, Artwork> ean8() {
        List<Group> groups = List.of(new Group(3, 0, 4), new Group(36, 4, 8));
        return text -> {
            String digits = sized(text, 7);
            return art(new Ean(Ean.Mode.EAN8), digits, digits + Code128Data.checkDigit(digits), groups);
        };
    }

    Function<String, Artwork> upcA() {
        List<Group> groups =
                List.of(new Group(-OUTSIDE, 0, 1), new Group(10, 1, 6), new Group(50, 6, 11), new Group(97, 11, 12));
        return text -> {
            String digits = sized(text, 11);
            return art(new Upc(Upc.Mode.UPCA), digits, digits + Code128Data.checkDigit(digits), groups);
        };
    }

    Function<String, Artwork> upcE() {
        List<Group> groups = List.of(new Group(-OUTSIDE, 0, 1), new Group(3, 1, 7), new Group(53, 7, 8));
        return text -> {
            String short7 = UpcE.compressed(Code128Data.digits(text));
            return art(new Upc(Upc.Mode.UPCE), short7, short7 + Code128Data.checkDigit(UpcE.expanded(short7)), groups);
        };
    }

    Function<String, Artwork> addOn() {
        return text -> {
            String digits = Code128Data.digits(text);
            String sized = sized(digits, digits.length() <= 2 ? 2 : 5);
            Bars bars = Bars.ofModules(new EanUpcAddOn(), sized, by.module());
            int height = height();
            return new Interpretation(p.yes(2, true), p.yes(3, true), by.module())
                    .with(bars.mark(height), bars.width(), height, sized);
        };
    }

    /** Printers pad short data with leading zeros and ignore what is too much. */
    private static String sized(String text, int length) {
        String digits = Code128Data.digits(text);
        if (digits.isEmpty()) {
            throw new Refusal(ZplError.BARCODE_REFUSED, "the data holds no digits");
        }
        return digits.length() >= length ? digits.substring(0, length) : "0".repeat(length - digits.length()) + digits;
    }

    private int height() {
        return p.whole(1, by.height(), 1, 32_000);
    }

    private Artwork art(Symbol symbol, String data, String line, List<Group> groups) {
        boolean shown = p.yes(2, true);
        boolean above = p.yes(3, false);
        int module = by.module();
        List<Mark> marks = new ArrayList<>();
        int width = bars(Bars.drawn(symbol, data), shown && !above ? GUARD * module : 0, marks);
        if (shown) {
            double y = above ? -2.0 * module : height() + 8.0 * module;
            groups.forEach(g -> digits(line.substring(g.from, g.to), g.module * module, y, marks));
        }
        return new Artwork(marks, width, height(), height());
    }

    private int bars(List<Rectangle> rects, int guard, List<Mark> marks) {
        double shortest = rects.stream().mapToDouble(r -> r.height).min().orElse(0);
        RectList list = new RectList();
        int end = 0;
        for (Rectangle r : rects) {
            int x = (int) Math.round(r.x) * by.module();
            int width = (int) Math.round(r.width) * by.module();
            list.add(x, 0, width, height() + (r.height > shortest ? guard : 0));
            end = Math.max(end, x + width);
        }
        marks.add(list.mark());
        return end;
    }

    /** One digit every seven modules, in the middle of its own. */
    private void digits(String digits, double x, double y, List<Mark> marks) {
        int pitch = 7 * by.module();
        Typeset font = font();
        for (int i = 0; i < digits.length(); i++) {
            String digit = digits.substring(i, i + 1);
            marks.addAll(font.set(digit, x + i * pitch + (pitch - font.width(digit)) / 2, y));
        }
    }

    private Typeset font() {
        double size = 6.5 * by.module() / Face.MONO.capHeight;
        return new Typeset(Face.MONO, Rotation.N, size * 0.9, size, size, size, false);
    }
}

package io.waybill.label.zpl;

import java.util.List;
import uk.org.okapibarcode.backend.HumanReadableLocation;
import uk.org.okapibarcode.backend.Symbol;
import uk.org.okapibarcode.graphics.Rectangle;

/**
 * A one-dimensional symbol in dots.
 *
 * @param bars x and width of each
 */
@SuppressWarnings("ArrayRecordComponent")
record Bars(int[] bars, int width) {

    /** Okapi draws in modules; here each becomes so many dots. */
    static Bars ofModules(Symbol symbol, String data, int module) {
        List<Rectangle> rects = drawn(symbol, data);
        int[] bars = new int[rects.size() * 2];
        int end = 0;
        for (int i = 0; i < rects.size(); i++) {
            bars[2 * i] = (int) Math.round(rects.get(i).x) * module;
            bars[2 * i + 1] = (int) Math.round(rects.get(i).width) * module;
            end = Math.max(end, bars[2 * i] + bars[2 * i + 1]);
        }
        return new Bars(bars, end);
    }

    /** Two widths only: what is wider than a module becomes exactly a wide bar or gap, whatever the ratio. */
    static Bars ofTwoWidths(Symbol symbol, String data, int narrow, int wide) {
        List<Rectangle> rects = drawn(symbol, data);
        int[] bars = new int[rects.size() * 2];
        int x = 0;
        double before = rects.isEmpty() ? 0 : rects.get(0).x;
        for (int i = 0; i < rects.size(); i++) {
            Rectangle rect = rects.get(i);
            x += width(rect.x - before, narrow, wide);
            bars[2 * i] = x;
            bars[2 * i + 1] = width(rect.width, narrow, wide);
            x += bars[2 * i + 1];
            before = rect.x + rect.width;
        }
        return new Bars(bars, x);
    }

    private static int width(double modules, int narrow, int wide) {
        return modules < 0.5 ? 0 : modules < 1.5 ? narrow : wide;
    }

    /** From widths of bars and gaps in turn, as in "2331112". */
    static Bars ofPattern(String pattern, int module) {
        int[] bars = new int[(pattern.length() + 1) / 2 * 2];
        int x = 0;
        for (int i = 0; i < pattern.length(); i++) {
            int width = (pattern.charAt(i) - '0') * module;
            if (i % 2 == 0) {
                bars[i] = x;
                bars[i + 1] = width;
            }
            x += width;
        }
        return new Bars(bars, x);
    }

    static List<Rectangle> drawn(Symbol symbol, String data) {
        symbol.setModuleWidth(1);
        symbol.setQuietZoneHorizontal(0);
        symbol.setQuietZoneVertical(0);
        symbol.setHumanReadableLocation(HumanReadableLocation.NONE);
        symbol.setContent(data);
        return symbol.getRectangles();
    }

    Mark mark(int height) {
        RectList rects = new RectList();
        for (int i = 0; i < bars.length; i += 2) {
            rects.add(bars[i], 0, bars[i + 1], height);
        }
        return rects.mark();
    }
}

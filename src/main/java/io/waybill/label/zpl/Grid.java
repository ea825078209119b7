package io.waybill.label.zpl;

import java.util.List;
import uk.org.okapibarcode.backend.Symbol;
import uk.org.okapibarcode.graphics.Rectangle;

/** Symbols of cells and rows: every module so many dots wide and high. */
final class Grid {
    private Grid() {}

    static Artwork of(Symbol symbol, String data, int cellWidth, int cellHeight) {
        return of(Bars.drawn(symbol, data), cellWidth, cellHeight);
    }

    static Artwork of(List<Rectangle> cells, double cellWidth, double cellHeight) {
        RectList rects = new RectList();
        int right = 0;
        int bottom = 0;
        for (Rectangle r : cells) {
            int x1 = (int) Math.round(r.x * cellWidth);
            int y1 = (int) Math.round(r.y * cellHeight);
            int x2 = (int) Math.round((r.x + r.width) * cellWidth);
            int y2 = (int) Math.round((r.y + r.height) * cellHeight);
            rects.add(x1, y1, x2 - x1, y2 - y1);
            right = Math.max(right, x2);
            bottom = Math.max(bottom, y2);
        }
        return new Artwork(List.of(rects.mark()), right, bottom, bottom);
    }
}

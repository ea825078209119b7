package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.List;

/** The readable line of a barcode: font A, as many times as the module is wide, outside the bars' own box. */
record Interpretation(boolean shown, boolean above, int module) {
    private static final int CAPITAL = 7;

    Artwork with(Mark bars, int width, int height, String text) {
        List<Mark> marks = new ArrayList<>();
        marks.add(bars);
        if (shown) {
            Typeset font = font();
            String visible = font.shown(text);
            double x = (width - font.width(visible)) / 2;
            marks.addAll(font.set(visible, Math.rint(x), above ? -gap() : height + gap() + CAPITAL * times()));
        }
        return new Artwork(marks, width, height, height);
    }

    private int times() {
        return Math.min(module, 10);
    }

    private int gap() {
        return 2 * times() + 2;
    }

    private Typeset font() {
        return new FontTable(203).of('A', Rotation.N, 9 * times(), 5 * times(), null);
    }
}

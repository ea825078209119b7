package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.List;

/** One label being filled, later one page. */
final class Label {
    /** Beyond so many marks reversal is left to the blend mode, so that looking beneath stays cheap. */
    private static final int LOOK_BENEATH = 2_000;

    private final int width;
    private final int height;
    private final boolean upsideDown;
    private final boolean mirrored;
    private final List<Placed> marks = new ArrayList<>();
    private double penX;
    private double penY;

    Label(int width, int height, boolean upsideDown, boolean mirrored) {
        this.width = width;
        this.height = height;
        this.upsideDown = upsideDown;
        this.mirrored = mirrored;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean upsideDown() {
        return upsideDown;
    }

    boolean mirrored() {
        return mirrored;
    }

    List<Placed> marks() {
        return marks;
    }

    double penX() {
        return penX;
    }

    double penY() {
        return penY;
    }

    /** Where the next ^FT without coordinates goes on. */
    void pen(double x, double y) {
        penX = x;
        penY = y;
    }

    void add(List<Mark> drawn, Frame frame, boolean reverse, boolean white) {
        if (drawn.isEmpty()) {
            return;
        }
        Ink ink = reverse ? reversed(drawn, frame) : white ? Ink.WHITE : Ink.BLACK;
        drawn.forEach(mark -> marks.add(new Placed(mark, frame, ink)));
    }

    /** {@code ^LT} and {@code ^LS} move the whole label. */
    void shift(double dx, double dy) {
        if (dx != 0 || dy != 0) {
            marks.replaceAll(m -> new Placed(m.mark(), m.frame().shifted(dx, dy), m.ink()));
        }
    }

    /**
     * Black over nothing, white within a black box: plain ink, which every viewer and printer driver gets right. Only the rest
     * needs a blend mode.
     */
    private Ink reversed(List<Mark> drawn, Frame frame) {
        Bounds all = drawn.stream().map(Mark::bounds).reduce(Bounds::with).orElseThrow();
        Bounds field = frame.of(all);
        if (marks.size() > LOOK_BENEATH) {
            return Ink.INVERT;
        }
        for (int i = marks.size() - 1; i >= 0; i--) {
            Placed beneath = marks.get(i);
            if (beneath.bounds().touches(field)) {
                return beneath.solid() && beneath.bounds().contains(field) ? Ink.WHITE : Ink.INVERT;
            }
        }
        return Ink.BLACK;
    }
}

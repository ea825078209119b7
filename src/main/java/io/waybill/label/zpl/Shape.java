package io.waybill.label.zpl;

import java.util.List;

/** Boxes, circles, ellipses and diagonals: ^GB, ^GC, ^GE, ^GD. Corners are exact dots. */
record Shape(Artwork artwork, boolean white) implements Content {
    private static final int LARGEST = 32_000;

    static Shape box(Params p) {
        int thick = p.whole(2, 1, 1, LARGEST);
        int width = p.whole(0, thick, thick, LARGEST);
        int height = p.whole(1, thick, thick, LARGEST);
        double outer = p.whole(4, 0, 0, 8) / 8.0 * Math.min(width, height) / 2;
        Mark mark = outer == 0 ? frame(width, height, thick) : rounded(width, height, thick, outer);
        return of(mark, width, height, p.letter(3, 'B'));
    }

    private static Mark frame(int width, int height, int thick) {
        RectList rects = new RectList();
        if (2 * thick >= Math.min(width, height)) {
            return rects.add(0, 0, width, height).mark();
        }
        int inner = height - 2 * thick;
        rects.add(0, 0, width, thick).add(0, height - thick, width, thick);
        return rects.add(0, thick, thick, inner)
                .add(width - thick, thick, thick, inner)
                .mark();
    }

    private static Mark rounded(int width, int height, int thick, double outer) {
        Contour path = new Contour().rounded(0, 0, width, height, outer, outer);
        if (2 * thick < Math.min(width, height)) {
            double inner = Math.max(0, outer - thick);
            path.rounded(thick, thick, width - 2.0 * thick, height - 2.0 * thick, inner, inner);
        }
        return new Mark.Outline(path);
    }

    static Shape circle(Params p) {
        int diameter = p.whole(0, 3, 3, 4095);
        return ellipse(diameter, diameter, p.whole(1, 1, 1, 4095), p.letter(2, 'B'));
    }

    static Shape ellipse(Params p) {
        int thick = p.whole(2, 1, 1, 4095);
        return ellipse(p.whole(0, thick, 3, 4095), p.whole(1, thick, 3, 4095), thick, p.letter(3, 'B'));
    }

    private static Shape ellipse(int width, int height, int thick, char colour) {
        Contour path = new Contour().ellipse(0, 0, width, height);
        if (2 * thick < Math.min(width, height)) {
            path.ellipse(thick, thick, width - 2.0 * thick, height - 2.0 * thick);
        }
        return of(new Mark.Outline(path), width, height, colour);
    }

    /** The thickness is measured along the horizontal, within the box. */
    static Shape diagonal(Params p) {
        int thick = p.whole(2, 1, 1, LARGEST);
        int width = p.whole(0, thick, 3, LARGEST);
        int height = p.whole(1, thick, 3, LARGEST);
        boolean rising = p.letter(4, 'R') != 'L' && !p.text(4, "R").equals("\\");
        Contour path = rising
                ? new Contour().polygon(0, height, thick, height, width + thick, 0, width, 0)
                : new Contour().polygon(0, 0, thick, 0, width + thick, height, width, height);
        return of(new Mark.Outline(path), width + thick, height, p.letter(3, 'B'));
    }

    private static Shape of(Mark mark, double width, double height, char colour) {
        return new Shape(new Artwork(List.of(mark), width, height, height), colour == 'W');
    }

    @Override
    public Rotation rotation() {
        return Rotation.N;
    }

    @Override
    public Artwork draw(FieldData data) {
        return artwork;
    }

    @Override
    public boolean needsData() {
        return false;
    }
}

package io.waybill.label.zpl;

import java.util.ArrayList;
import java.util.List;

/** {@code ^GS}: A registered, B copyright, C trade mark, D UL, E CSA. The last two are drawn as letters in a ring. */
record GraphicSymbol(Rotation rotation, int height, int width) implements Content {
    @Override
    public Artwork draw(FieldData data) {
        List<Mark> marks = new ArrayList<>();
        String text = data.text();
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case 'A' -> ring("R", i, marks);
                case 'B' -> ring("C", i, marks);
                case 'C' -> marks.addAll(font(0.75).set("™", i * (double) width, height * 0.75));
                case 'D' -> ring("UL", i, marks);
                case 'E' -> ring("CSA", i, marks);
                default -> {}
            }
        }
        return new Artwork(marks, (double) width * text.length(), height, height * 0.75);
    }

    private void ring(String letters, int place, List<Mark> marks) {
        double x = place * (double) width;
        double thick = Math.max(1, height / 16.0);
        marks.add(new Mark.Outline(new Contour()
                .ellipse(x, 0, width, height)
                .ellipse(x + thick, thick, width - 2 * thick, height - 2 * thick)));
        Typeset font = font(letters.length() == 1 ? 0.75 : letters.length() == 2 ? 0.5 : 0.38);
        double capital = font.sizeY() * font.face().capHeight;
        marks.addAll(font.set(letters, x + (width - font.width(letters)) / 2, (height + capital) / 2));
    }

    private Typeset font(double share) {
        double sizeY = height * share;
        return new Typeset(Face.SANS_BOLD, rotation, width * share, sizeY, sizeY, sizeY, false);
    }
}

package io.waybill.label.zpl;

import java.nio.charset.StandardCharsets;

/** Writes one page's operators. Coordinates are dots, y downwards; the first matrix turns them into points. */
final class PageContent {
    private static final double THOUSAND = 1000;

    /** What the page needs to know of the document. */
    interface Resources {
        String font(Face face, String text);

        String image(Bitmap bitmap);

        String blend(boolean invert);
    }

    private final StringBuilder out = new StringBuilder(8_192);
    private final Resources resources;
    private Ink ink = Ink.BLACK;

    PageContent(Label label, double pointsPerDot, Resources resources) {
        this.resources = resources;
        matrix(label, pointsPerDot);
    }

    private void matrix(Label label, double s) {
        double w = label.width() * s;
        double h = label.height() * s;
        double sx = label.upsideDown() == label.mirrored() ? s : -s;
        double sy = label.upsideDown() ? s : -s;
        exact(sx)
                .exact(0)
                .exact(0)
                .exact(sy)
                .exact(sx < 0 ? w : 0)
                .exact(sy < 0 ? h : 0)
                .operator("cm");
    }

    byte[] finished() {
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Inverting needs something to invert: the paper itself is transparent. */
    void paper(Label label) {
        out.append("1 g 0 0 ")
                .append(label.width())
                .append(' ')
                .append(label.height())
                .append(" re f 0 g\n");
    }

    void draw(Placed placed) {
        ink(placed.ink());
        Mark mark = placed.mark();
        Frame frame = placed.frame();
        if (mark instanceof Mark.Rects rects) {
            rects(rects.xywh(), frame);
        } else if (mark instanceof Mark.Outline outline) {
            outline.path().draw((step, points, from) -> step(step, points, from, frame));
            operator("f*");
        } else if (mark instanceof Mark.Picture picture) {
            picture(picture, frame);
        } else if (mark instanceof Mark.Words words) {
            words(words, frame);
        }
    }

    private void ink(Ink wanted) {
        if (wanted == ink) {
            return;
        }
        if ((wanted == Ink.INVERT) != (ink == Ink.INVERT)) {
            out.append('/').append(resources.blend(wanted == Ink.INVERT)).append(" gs ");
        }
        out.append(wanted == Ink.BLACK ? "0 g\n" : "1 g\n");
        ink = wanted;
    }

    private void rects(int[] xywh, Frame frame) {
        for (int i = 0; i < xywh.length; i += 4) {
            Bounds b = frame.of(new Bounds(
                    xywh[i], xywh[i + 1], (double) xywh[i] + xywh[i + 2], (double) xywh[i + 1] + xywh[i + 3]));
            number(b.left())
                    .number(b.top())
                    .number(b.right() - b.left())
                    .number(b.bottom() - b.top())
                    .operator("re");
        }
        operator("f");
    }

    private void step(Contour.Step step, double[] points, int from, Frame frame) {
        for (int i = from; i < from + step.numbers; i += 2) {
            number(frame.x(points[i], points[i + 1])).number(frame.y(points[i], points[i + 1]));
        }
        operator(
                switch (step) {
                    case MOVE -> "m";
                    case LINE -> "l";
                    case CURVE -> "c";
                    case CLOSE -> "h";
                });
    }

    private void picture(Mark.Picture p, Frame frame) {
        Rotation r = frame.rotation();
        double left = p.x();
        double bottom = p.y() + p.height();
        out.append("q ");
        number(r.a * p.width())
                .number(r.b * p.width())
                .number(-r.c * p.height())
                .number(-r.d * p.height());
        number(frame.x(left, bottom)).number(frame.y(left, bottom)).operator("cm");
        out.append('/').append(resources.image(p.bitmap())).append(" Do Q\n");
    }

    private void words(Mark.Words w, Frame frame) {
        Rotation r = frame.rotation();
        out.append("BT /").append(resources.font(w.face(), w.text())).append(" 1 Tf ");
        number(r.a * w.sizeX()).number(r.b * w.sizeX()).number(-r.c * w.sizeY()).number(-r.d * w.sizeY());
        number(frame.x(w.x(), w.y())).number(frame.y(w.x(), w.y())).operator("Tm");
        glyphs(w.face(), w.text());
        out.append(" Tj ET\n");
    }

    private void glyphs(Face face, String text) {
        out.append('<');
        text.codePoints().forEach(c -> {
            int glyph = face.glyph(c);
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit(glyph >> shift & 15, 16));
            }
        });
        out.append('>');
    }

    private PageContent number(double value) {
        long thousandths = Math.round(value * THOUSAND);
        if (thousandths % 1000 == 0) {
            out.append(thousandths / 1000);
        } else {
            out.append(thousandths < 0 ? "-" : "")
                    .append(Math.abs(thousandths) / 1000)
                    .append('.');
            String fraction = String.valueOf(1000 + Math.abs(thousandths) % 1000);
            out.append(fraction, 1, fraction.length());
        }
        out.append(' ');
        return this;
    }

    /** The scale needs more digits than anything that is scaled by it. */
    private PageContent exact(double value) {
        out.append(new java.math.BigDecimal(value)
                        .setScale(9, java.math.RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString())
                .append(' ');
        return this;
    }

    private void operator(String operator) {
        out.append(operator).append('\n');
    }
}

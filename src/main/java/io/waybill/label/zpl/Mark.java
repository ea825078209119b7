package io.waybill.label.zpl;

/** One thing to draw, in a field's own dots: y downwards, not yet turned. */
sealed interface Mark {
    Bounds bounds();

    /** Filled rectangles that do not overlap: x, y, width, height each. Exact dots, so they stay crisp at any printer. */
    @SuppressWarnings("ArrayRecordComponent")
    record Rects(int[] xywh, Bounds bounds) implements Mark {}

    /** A filled outline, even-odd, so that an inner outline cuts a hole. */
    record Outline(Contour path) implements Mark {
        @Override
        public Bounds bounds() {
            return path.bounds();
        }
    }

    record Picture(Bitmap bitmap, double x, double y, int magnifyX, int magnifyY) implements Mark {
        double width() {
            return (double) bitmap.width() * magnifyX;
        }

        double height() {
            return (double) bitmap.rows() * magnifyY;
        }

        @Override
        public Bounds bounds() {
            return new Bounds(x, y, x + width(), y + height());
        }
    }

    /**
     * Text in one face, its baseline starting at x, y.
     *
     * @param sizeX dots per em along the line
     * @param sizeY dots per em across it
     */
    record Words(Face face, String text, double x, double y, double sizeX, double sizeY, double width) implements Mark {
        @Override
        public Bounds bounds() {
            return new Bounds(x, y - sizeY, x + width, y + 0.3 * sizeY);
        }
    }
}

package io.waybill.label;

import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Where a picture goes on its page. Its true size comes from plausible metadata or known label sizes; the page from what was
 * declared, else from the picture. A picture lying across an upright page is turned, and a blank tail falls off the page's end.
 */
record Placement(PageSize page, Matrix matrix, List<String> warnings) {
    /** The sides differ less than this: the picture is the page. */
    private static final double SAME_SHAPE = 0.02;
    /** Points a true-size picture may stand over, for rounding between inches and dots. */
    private static final double ROUNDING = 1.5;

    private static final int FALLBACK_DPI = 203;

    /**
     * @param width of the picture in pixels, as it should be seen
     * @param turns quarter turns clockwise its metadata ask for
     * @param inkRight pixels from the left edge to the end of the ink
     */
    record Shape(int width, int height, double dpi, int turns, int inkRight, int inkBottom) {
        static Shape of(RasterHeader header, Picture picture) {
            int turns = turns(header.orientation());
            boolean across = turns % 2 == 1;
            int w = picture.width();
            int h = picture.height();
            return switch (turns) {
                case 0 -> new Shape(w, h, header.dpi(), 0, picture.right(), picture.bottom());
                // Ink is measured from the left and the top only; a turned picture counts as inked all over.
                default ->
                    across ? new Shape(h, w, header.dpi(), turns, h, w) : new Shape(w, h, header.dpi(), turns, w, h);
            };
        }

        private static int turns(int orientation) {
            return switch (orientation) {
                case 3 -> 2;
                case 6 -> 1;
                case 8 -> 3;
                default -> 0;
            };
        }

        Shape turned() {
            return new Shape(height, width, dpi, turns + 1, height, inkRight);
        }

        boolean across(PageSize page) {
            boolean oblong = Math.max(width, height) > 1.05 * Math.min(width, height);
            return oblong && (width > height) != page.isLandscape() && page.width() != page.height();
        }
    }

    static Placement of(Shape shape, @Nullable PageSize declared) {
        double dpi = Resolution.of(shape.width(), shape.height(), shape.dpi());
        return declared == null ? own(shape, dpi) : onto(declared, shape, dpi);
    }

    private static Placement own(Shape shape, double dpi) {
        double points = 72 / (dpi == 0 ? FALLBACK_DPI : dpi);
        List<String> warnings = dpi == 0
                ? List.of("The picture of " + shape.width() + " by " + shape.height()
                        + " pixels has no known size; taken for " + FALLBACK_DPI + " dpi")
                : List.of();
        PageSize page = new PageSize((float) (shape.width() * points), (float) (shape.height() * points));
        return new Placement(page, matrix(shape, page, points), warnings);
    }

    private static Placement onto(PageSize page, Shape lying, double dpi) {
        List<String> warnings = new ArrayList<>();
        boolean upright = dpi > 0 && fits(lying.width(), lying.height(), 72 / dpi, page);
        boolean turn = !upright && lying.across(page);
        Shape shape = turn ? lying.turned() : lying;
        if (turn) {
            warnings.add("The picture lies across the page asked for and was turned clockwise");
        }
        double fit = Math.min(page.width() / shape.width(), page.height() / shape.height());
        double shapes = (double) shape.width() / shape.height() * page.height() / page.width();
        double points = dpi == 0 ? fit : 72 / dpi;
        if (Math.abs(shapes - 1) <= SAME_SHAPE) {
            points = fit;
        } else if (!fits(shape.width(), shape.height(), points, page)) {
            if (fits(shape.inkRight(), shape.inkBottom(), points, page)) {
                warnings.add("A blank tail beyond the page asked for was left out");
            } else {
                warnings.add("The picture was scaled to %.0f %% of its true size to fit the page asked for"
                        .formatted(100 * fit / points));
                points = fit;
            }
        }
        return new Placement(page, matrix(shape, page, points), warnings);
    }

    private static boolean fits(int width, int height, double points, PageSize page) {
        return width * points <= page.width() + ROUNDING && height * points <= page.height() + ROUNDING;
    }

    /** The picture's top left corner in the page's, after its quarter turns. */
    private static Matrix matrix(Shape shape, PageSize page, double points) {
        float w = (float) (shape.width() * points);
        float h = (float) (shape.height() * points);
        float top = page.height();
        return switch (shape.turns() % 4) {
            case 0 -> new Matrix(w, 0, 0, h, 0, top - h);
            case 1 -> new Matrix(0, -h, w, 0, 0, top);
            case 2 -> new Matrix(-w, 0, 0, -h, w, top);
            default -> new Matrix(0, h, -w, 0, w, top - h);
        };
    }
}

package io.waybill.label.zpl;

import java.util.Arrays;

/** Lines and curves in local dots. */
final class Contour {
    /** How far a Bézier control point lies out for a quarter of a circle of radius 1. */
    private static final double QUARTER = 0.5522847498;

    enum Step {
        MOVE(2),
        LINE(2),
        CURVE(6),
        CLOSE(0);

        final int numbers;

        Step(int numbers) {
            this.numbers = numbers;
        }
    }

    private Step[] steps = new Step[8];
    private double[] points = new double[32];
    private int stepCount;
    private int pointCount;
    private double left = Double.MAX_VALUE;
    private double top = Double.MAX_VALUE;
    private double right = -Double.MAX_VALUE;
    private double bottom = -Double.MAX_VALUE;

    private Contour add(Step step, double... numbers) {
        if (stepCount == steps.length) {
            steps = Arrays.copyOf(steps, stepCount * 2);
        }
        if (pointCount + numbers.length > points.length) {
            points = Arrays.copyOf(points, points.length * 2);
        }
        steps[stepCount++] = step;
        for (int i = 0; i < numbers.length; i++) {
            points[pointCount++] = numbers[i];
        }
        for (int i = 0; i + 1 < numbers.length; i += 2) {
            left = Math.min(left, numbers[i]);
            right = Math.max(right, numbers[i]);
            top = Math.min(top, numbers[i + 1]);
            bottom = Math.max(bottom, numbers[i + 1]);
        }
        return this;
    }

    Contour polygon(double... xy) {
        add(Step.MOVE, xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            add(Step.LINE, xy[i], xy[i + 1]);
        }
        return add(Step.CLOSE);
    }

    /** A rectangle with rounded corners; with radii of half its sides an ellipse. */
    Contour rounded(double x, double y, double w, double h, double rx, double ry) {
        double kx = rx * (1 - QUARTER);
        double ky = ry * (1 - QUARTER);
        double r = x + w;
        double b = y + h;
        add(Step.MOVE, x + rx, y).add(Step.LINE, r - rx, y).add(Step.CURVE, r - kx, y, r, y + ky, r, y + ry);
        add(Step.LINE, r, b - ry).add(Step.CURVE, r, b - ky, r - kx, b, r - rx, b);
        add(Step.LINE, x + rx, b).add(Step.CURVE, x + kx, b, x, b - ky, x, b - ry);
        return add(Step.LINE, x, y + ry)
                .add(Step.CURVE, x, y + ky, x + kx, y, x + rx, y)
                .add(Step.CLOSE);
    }

    Contour ellipse(double x, double y, double w, double h) {
        return rounded(x, y, w, h, w / 2, h / 2);
    }

    Bounds bounds() {
        return new Bounds(left, top, right, bottom);
    }

    interface Pen {
        void step(Step step, double[] points, int from);
    }

    void draw(Pen pen) {
        int from = 0;
        for (int i = 0; i < stepCount; i++) {
            pen.step(steps[i], points, from);
            from += steps[i].numbers;
        }
    }
}

package io.waybill.label.zpl;

import java.util.Arrays;

/** Collects rectangles for one mark. */
final class RectList {
    private int[] xywh = new int[64];
    private int size;
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right = Integer.MIN_VALUE;
    private int bottom = Integer.MIN_VALUE;

    RectList add(int x, int y, int width, int height) {
        if (width > 0 && height > 0) {
            put(x, y, width, height);
            left = Math.min(left, x);
            top = Math.min(top, y);
            right = Math.max(right, x + width);
            bottom = Math.max(bottom, y + height);
        }
        return this;
    }

    private void put(int x, int y, int width, int height) {
        if (size + 4 > xywh.length) {
            xywh = Arrays.copyOf(xywh, size * 2);
        }
        xywh[size++] = x;
        xywh[size++] = y;
        xywh[size++] = width;
        xywh[size++] = height;
    }

    Mark mark() {
        return new Mark.Rects(Arrays.copyOf(xywh, size), new Bounds(left, top, right, bottom));
    }
}

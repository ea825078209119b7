package io.waybill.label;

import com.openhtmltopdf.layout.Layer;
import com.openhtmltopdf.render.BlockBox;
import com.openhtmltopdf.render.Box;
import java.util.ArrayDeque;
import java.util.Deque;

/** How far to the right a laid-out page really reaches: a carrier's fixed table widths run over a label's edge, barcode and all. */
final class Extent {
    private final Deque<Box> open = new ArrayDeque<>();
    private int right;

    private Extent() {}

    /** How much wider than its page the content is; 1 where it fits. */
    static double of(BlockBox root) {
        Extent extent = new Extent();
        extent.queue(root.getLayer());
        extent.open.add(root);
        while (!extent.open.isEmpty()) {
            extent.measure(extent.open.poll());
        }
        int width = Math.max(1, root.getContainingBlock().getWidth());
        return Math.max(1, (double) extent.right / width);
    }

    private void queue(Layer layer) {
        if (layer != null) {
            open.addAll(layer.getFloats());
            layer.getChildren().forEach(child -> {
                open.add(child.getMaster());
                queue(child);
            });
        }
    }

    private void measure(Box box) {
        right = Math.max(right, box.getAbsX() + box.getContentWidth());
        for (int i = 0; i < box.getChildCount(); i++) {
            open.add(box.getChild(i));
        }
    }
}

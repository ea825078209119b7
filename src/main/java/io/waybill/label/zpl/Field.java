package io.waybill.label.zpl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One field of a format, complete but for data that may come by number.
 *
 * @param where the command to name when it cannot be drawn
 * @param number of {@code ^FN}, or -1
 * @param serial from {@code ^SN}, or null
 */
record Field(
        Command where,
        Position position,
        Content content,
        boolean reverse,
        @Nullable FieldData data,
        int number,
        @Nullable Serial serial,
        boolean variable) {
    private static final FieldData NO_DATA = new FieldData("", (char) 0, CodePage.START, false);

    /** @param copy how many copies came before */
    void place(Label label, Map<Integer, FieldData> values, int copy) {
        FieldData shown = shown(values, copy);
        if (shown == null) {
            return;
        }
        Artwork art = artwork(shown);
        Frame frame = position.frame(content.rotation(), art, label);
        label.add(art.marks(), frame, reverse, content.white());
        label.pen(frame.x(art.width(), art.baseline()), frame.y(art.width(), art.baseline()));
    }

    private @Nullable FieldData shown(Map<Integer, FieldData> values, int copy) {
        if (!content.needsData()) {
            return NO_DATA;
        }
        if (serial != null) {
            return serial.copy(copy);
        }
        return number >= 0 ? values.getOrDefault(number, data) : data;
    }

    private Artwork artwork(FieldData shown) {
        try {
            return content.draw(shown);
        } catch (Refusal refusal) {
            throw refusal.at(where);
        }
    }
}

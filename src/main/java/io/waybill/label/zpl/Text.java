package io.waybill.label.zpl;

import org.jspecify.annotations.Nullable;

/** A text field: one line, or a block of them. */
record Text(Typeset font, @Nullable TextBlock block) implements Content {
    @Override
    public Rotation rotation() {
        return font.rotation();
    }

    @Override
    public Artwork draw(FieldData data) {
        return block == null ? font.line(data.shown()) : block.draw(font, data);
    }
}

package io.waybill.label.zpl;

/** What a field puts on the label. */
interface Content {
    Rotation rotation();

    /** @param data the field's data, empty for what needs none */
    Artwork draw(FieldData data);

    /** White erases, as {@code ^GB…,W} does. */
    default boolean white() {
        return false;
    }

    /** Whether nothing is drawn before data has come. */
    default boolean needsData() {
        return true;
    }
}

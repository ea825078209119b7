package io.waybill.label.zpl;

import java.util.List;

/** A graphic at whole multiples of its dots: ^GF, ^XG, ^IM. */
record Image(Bitmap bitmap, int magnifyX, int magnifyY) implements Content {
    @Override
    public Rotation rotation() {
        return Rotation.N;
    }

    @Override
    public Artwork draw(FieldData data) {
        Mark.Picture picture = new Mark.Picture(bitmap, 0, 0, magnifyX, magnifyY);
        return new Artwork(List.of(picture), picture.width(), picture.height(), picture.height());
    }

    @Override
    public boolean needsData() {
        return false;
    }
}

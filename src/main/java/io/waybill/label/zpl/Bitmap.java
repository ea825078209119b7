package io.waybill.label.zpl;

/** A picture of dots, eight to a byte, 1 is black, rows padded to whole bytes. Never changed after it is made. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Bitmap(int bytesPerRow, int rows, byte[] dots) {
    int width() {
        return bytesPerRow * 8;
    }
}

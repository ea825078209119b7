package io.waybill.label;

import java.util.Arrays;

/** The one Exif value a label needs. */
final class Exif {
    private static final int ORIENTATION = 0x0112;

    private Exif() {}

    /** The orientation, 1 where it is missing or spoilt: Exif is a hint and never stops a label. */
    static int orientation(byte[] data, int from, int to) {
        try {
            Bytes tiff = new Bytes(Arrays.copyOfRange(data, from, Math.min(to, data.length)), data[from] == 'I');
            int ifd = tiff.index(4);
            for (int i = 0; i < tiff.u16(ifd); i++) {
                int entry = ifd + 2 + 12 * i;
                if (tiff.u16(entry) == ORIENTATION) {
                    int value = tiff.u16(entry + 8);
                    return value >= 1 && value <= 8 ? value : 1;
                }
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return 1;
        }
        return 1;
    }
}

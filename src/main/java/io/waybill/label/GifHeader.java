package io.waybill.label;

/** Walks a GIF's blocks up to the end of its first picture. A GIF has no resolution. */
final class GifHeader {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2C;

    private final Bytes in;

    private GifHeader(byte[] data) {
        this.in = new Bytes(data, true);
    }

    static RasterHeader read(byte[] data) {
        GifHeader header = new GifHeader(data);
        RasterHeader size = new RasterHeader(header.in.u16(6), header.in.u16(8), 4, 0, 1, data);
        header.walk(size);
        return size;
    }

    private void walk(RasterHeader screen) {
        int at = 13 + palette(in.u8(10));
        while (in.u8(at) == EXTENSION) {
            at = blocks(at + 2);
        }
        if (in.u8(at) != IMAGE) {
            throw RasterHeader.corrupt("The GIF holds no picture");
        }
        if (in.u16(at + 5) > screen.width() || in.u16(at + 7) > screen.height()) {
            throw RasterHeader.corrupt("The GIF's picture is larger than its screen");
        }
        int data = at + 10 + palette(in.u8(at + 9));
        in.u8(blocks(data + 1));
    }

    private static int palette(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private int blocks(int from) {
        int at = from;
        while (in.u8(at) != 0) {
            at += in.u8(at) + 1;
        }
        return at + 1;
    }
}

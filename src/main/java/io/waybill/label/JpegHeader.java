package io.waybill.label;

/** Walks a JPEG's markers: size, components, density, Exif orientation, and whether the end is there. */
final class JpegHeader {
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final double CM_PER_INCH = 2.54;

    private final Bytes in;
    private final byte[] data;
    private double dpi;
    private int orientation = 1;
    private int frame;

    private JpegHeader(byte[] data) {
        this.data = data;
        this.in = new Bytes(data, false);
    }

    static RasterHeader read(byte[] data) {
        JpegHeader header = new JpegHeader(data);
        header.walk();
        return header.result();
    }

    private RasterHeader result() {
        if (frame == 0) {
            throw RasterHeader.corrupt("The JPEG has no frame header");
        }
        return new RasterHeader(
                in.u16(frame + 7), in.u16(frame + 5), Math.max(3, in.u8(frame + 9)), dpi, orientation, data);
    }

    private void walk() {
        int at = 2;
        while (true) {
            while (in.u8(at) == 0xFF && in.u8(at + 1) == 0xFF) {
                at++;
            }
            if (in.u8(at) != 0xFF) {
                throw RasterHeader.corrupt("The JPEG's markers are out of step");
            }
            int marker = in.u8(at + 1);
            if (marker == SOS) {
                requireEnd(at);
                return;
            }
            read(marker, at);
            at += 2 + in.u16(at + 2);
        }
    }

    private void read(int marker, int at) {
        boolean frameHeader = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frameHeader) {
            frame = at;
            // Its limits speak before the rest is read.
            result();
        } else if (marker == APP0 && Sniffer.at(data, at + 4, "JFIF\0")) {
            double unit = in.u8(at + 11) == 1 ? 1 : in.u8(at + 11) == 2 ? CM_PER_INCH : 0;
            dpi = in.u16(at + 12) == in.u16(at + 14) ? in.u16(at + 12) * unit : 0;
        } else if (marker == APP1 && Sniffer.at(data, at + 4, "Exif\0\0")) {
            orientation = Exif.orientation(data, at + 10, at + 2 + in.u16(at + 2));
        }
    }

    private void requireEnd(int from) {
        for (int i = data.length - 2; i > from; i--) {
            if (in.u8(i) == 0xFF && in.u8(i + 1) == 0xD9) {
                return;
            }
        }
        throw RasterHeader.truncated("JPEG");
    }
}

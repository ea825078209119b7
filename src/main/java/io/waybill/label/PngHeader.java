package io.waybill.label;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.zip.Inflater;

/** Walks a PNG's chunks: size, resolution, completeness, and bombs in its text chunks. Keeps only the chunks that draw. */
final class PngHeader {
    private static final Set<String> DRAWING = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final Set<String> COMPRESSED_TEXT = Set.of("zTXt", "iTXt", "iCCP");
    private static final long TEXT_LIMIT = 4L << 20;
    private static final double INCHES_PER_METRE = 0.0254;

    private final Bytes in;
    private final byte[] data;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private double dpi;

    private PngHeader(byte[] data) {
        this.data = data;
        this.in = new Bytes(data, false);
    }

    static RasterHeader read(byte[] data) {
        return new PngHeader(data).walk();
    }

    private RasterHeader walk() {
        if (!"IHDR".equals(type(8))) {
            throw RasterHeader.corrupt("The PNG does not begin with its header");
        }
        // Built first: its limits refuse a bomb before anything else is looked at.
        RasterHeader size = header(0, 1, new byte[0]);
        kept.write(data, 0, 8);
        int at = 8;
        while (!"IEND".equals(type(at))) {
            at = chunk(at);
        }
        chunk(at);
        return new RasterHeader(size.width(), size.height(), size.bytesPerPixel(), dpi, 1, kept.toByteArray());
    }

    private RasterHeader header(double resolution, int orientation, byte[] safe) {
        long width = in.u32(16);
        long height = in.u32(20);
        int bytes = Math.max(1, in.u8(24) / 8) * channels(in.u8(25));
        return new RasterHeader(clamp(width), clamp(height), bytes, resolution, orientation, safe);
    }

    private static int clamp(long side) {
        return (int) Math.min(side, Integer.MAX_VALUE);
    }

    private static int channels(int colourType) {
        return switch (colourType) {
            case 0, 3 -> 1;
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> throw RasterHeader.corrupt("The PNG names an unknown colour type");
        };
    }

    private int chunk(int at) {
        int length = in.index(at);
        int end = Math.addExact(at, Math.addExact(length, 12));
        if (end > data.length) {
            throw RasterHeader.truncated("PNG");
        }
        String type = type(at);
        if (DRAWING.contains(type)) {
            kept.write(data, at, end - at);
        } else if (COMPRESSED_TEXT.contains(type)) {
            refuseBomb(at + 8, at + 8 + length);
        } else if ("pHYs".equals(type) && length == 9 && in.u8(at + 16) == 1) {
            dpi = in.u32(at + 8) * INCHES_PER_METRE;
        }
        return end;
    }

    private void refuseBomb(int from, int to) {
        Inflater inflater = new Inflater();
        byte[] scratch = new byte[65536];
        try {
            for (int i = from; i < to - 1 && i < from + 400; i++) {
                boolean zlib = (data[i] & 0x0F) == 8 && in.u16(i) % 31 == 0;
                if (zlib && Inflation.measure(inflater, data, i, to, TEXT_LIMIT, scratch) > TEXT_LIMIT) {
                    throw Inflation.tooMuch("Text in the PNG", TEXT_LIMIT);
                }
            }
        } finally {
            inflater.end();
        }
    }

    private String type(int at) {
        StringBuilder type = new StringBuilder(4);
        for (int i = 4; i < 8; i++) {
            type.append((char) in.u8(at + i));
        }
        return type.toString();
    }
}

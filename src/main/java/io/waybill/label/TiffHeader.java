package io.waybill.label;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Walks a TIFF's directories: a loop, a page too many, a picture too large or bytes past the end are found before decoding. */
final class TiffHeader {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int STRIP_OFFSETS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int STRIP_COUNTS = 279;
    private static final int X_RESOLUTION = 282;
    private static final int RESOLUTION_UNIT = 296;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_COUNTS = 325;
    private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    private static final int MAX_ENTRIES = 200;
    private static final int MAX_PARTS = 100_000;

    private final Bytes in;
    private final byte[] data;

    private TiffHeader(byte[] data) {
        this.data = data;
        this.in = new Bytes(data, data[0] == 'I');
    }

    static RasterHeader read(byte[] data) {
        return new TiffHeader(data).walk();
    }

    private RasterHeader walk() {
        if (in.u16(2) != 42) {
            throw new LabelException(LabelError.UNSUPPORTED_FORMAT, "BigTIFF is not supported");
        }
        Set<Integer> seen = new HashSet<>();
        RasterHeader first = null;
        long pixels = 0;
        for (int ifd = in.index(4); ifd != 0; ifd = next(ifd)) {
            if (!seen.add(ifd)) {
                throw RasterHeader.corrupt("The TIFF's directories form a loop");
            }
            if (seen.size() > Limits.TIFF_PAGES) {
                throw new LabelException(
                        LabelError.TOO_MANY_PAGES, "The TIFF has more than " + Limits.TIFF_PAGES + " pages");
            }
            RasterHeader page = page(ifd);
            first = first == null ? page : first;
            pixels += page.pixels();
        }
        if (first == null) {
            throw new LabelException(LabelError.NO_PAGES, "The TIFF has no pages");
        }
        if (pixels > 2 * Limits.PIXELS) {
            throw new LabelException(
                    LabelError.TOO_MANY_PIXELS, "The TIFF's pages have " + pixels + " pixels together");
        }
        return first;
    }

    private int next(int ifd) {
        return in.index(ifd + 2 + 12 * in.u16(ifd));
    }

    private RasterHeader page(int ifd) {
        Map<Integer, Integer> entries = entries(ifd);
        int bits = (int) value(entries, BITS, 1);
        long samples = value(entries, SAMPLES, 1);
        if (bits > 16 || samples > 8) {
            throw RasterHeader.corrupt("The TIFF names " + samples + " samples of " + bits + " bits");
        }
        int tile = (int) Math.min(value(entries, TILE_WIDTH, 0) * value(entries, TILE_HEIGHT, 0), Integer.MAX_VALUE);
        if (tile > 4_000_000) {
            throw new LabelException(LabelError.TOO_MANY_PIXELS, "The TIFF has a tile of " + tile + " pixels");
        }
        requireParts(entries, STRIP_OFFSETS, STRIP_COUNTS);
        requireParts(entries, TILE_OFFSETS, TILE_COUNTS);
        return new RasterHeader(
                (int) Math.min(value(entries, WIDTH, 0), Integer.MAX_VALUE),
                (int) Math.min(value(entries, HEIGHT, 0), Integer.MAX_VALUE),
                (int) samples * Math.max(1, bits / 8),
                dpi(entries),
                (int) value(entries, ORIENTATION, 1),
                data);
    }

    private Map<Integer, Integer> entries(int ifd) {
        int count = in.u16(ifd);
        if (count > MAX_ENTRIES) {
            throw RasterHeader.corrupt("The TIFF has a directory of " + count + " entries");
        }
        Map<Integer, Integer> entries = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int at = ifd + 2 + 12 * i;
            entries.put(in.u16(at), at);
        }
        return entries;
    }

    private double dpi(Map<Integer, Integer> entries) {
        Integer at = entries.get(X_RESOLUTION);
        if (at == null) {
            return 0;
        }
        int rational = in.index(at + 8);
        double value = in.u32(rational) / (double) Math.max(1, in.u32(rational + 4));
        return value(entries, RESOLUTION_UNIT, 2) == 3 ? value * 2.54 : value;
    }

    private long value(Map<Integer, Integer> entries, int tag, long otherwise) {
        Integer at = entries.get(tag);
        return at == null ? otherwise : element(at, 0);
    }

    private void requireParts(Map<Integer, Integer> entries, int offsets, int counts) {
        Integer from = entries.get(offsets);
        Integer lengths = entries.get(counts);
        if (from == null || lengths == null) {
            return;
        }
        long parts = in.u32(from + 4);
        if (parts > MAX_PARTS || in.u32(lengths + 4) != parts) {
            throw RasterHeader.corrupt("The TIFF names " + parts + " strips");
        }
        for (int i = 0; i < parts; i++) {
            if (element(from, i) + element(lengths, i) > data.length) {
                throw RasterHeader.truncated("TIFF");
            }
        }
    }

    private long element(int entry, int i) {
        int type = in.u16(entry + 2);
        int size = type < SIZES.length ? SIZES[type] : 1;
        long total = size * in.u32(entry + 4);
        int at = (total <= 4 ? entry + 8 : in.index(entry + 8)) + i * size;
        return switch (size) {
            case 1 -> in.u8(at);
            case 2 -> in.u16(at);
            default -> in.u32(at);
        };
    }
}

package io.waybill.label;

/**
 * What a picture says about itself before any decoder touches it.
 *
 * @param dpi dots per inch its metadata claim, 0 where they claim none
 * @param orientation the Exif orientation, 1 where there is none
 * @param safe the bytes to decode: the picture without the parts a label does not need and an attacker might
 */
record RasterHeader(int width, int height, int bytesPerPixel, double dpi, int orientation, byte[] safe) {
    RasterHeader {
        if (width <= 0 || height <= 0) {
            throw new LabelException(LabelError.CORRUPT_LABEL, "The picture is " + width + " by " + height + " pixels");
        }
        long pixels = (long) width * height;
        if (pixels > Limits.PIXELS || pixels * bytesPerPixel > Limits.RASTER_BYTES) {
            throw new LabelException(
                    LabelError.TOO_MANY_PIXELS,
                    "The picture is " + width + " by " + height + " pixels; the limit is " + Limits.PIXELS
                            + " pixels and " + (Limits.RASTER_BYTES >> 20) + " MiB decoded");
        }
    }

    static RasterHeader read(LabelFormat format, byte[] data) {
        try {
            return switch (format) {
                case PNG -> PngHeader.read(data);
                case GIF -> GifHeader.read(data);
                case JPEG -> JpegHeader.read(data);
                case TIFF -> TiffHeader.read(data);
                case PDF, HTML, ZPL, EPL -> throw new IllegalArgumentException(format + " is no picture");
            };
        } catch (IndexOutOfBoundsException e) {
            throw truncated(format.name(), e);
        }
    }

    static LabelException truncated(String what, Throwable cause) {
        return new LabelException(LabelError.TRUNCATED_LABEL, "The " + what + " ends before its data does", cause);
    }

    static LabelException truncated(String what) {
        return new LabelException(LabelError.TRUNCATED_LABEL, "The " + what + " ends before its data does");
    }

    static LabelException corrupt(String what) {
        return new LabelException(LabelError.CORRUPT_LABEL, what);
    }

    long pixels() {
        return (long) width * height;
    }
}

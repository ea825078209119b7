package io.waybill.label;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * A decoded picture, flat on white: what ink it has and where, and how few bits would hold it.
 *
 * @param right the first column after the last dark pixel, {@code bottom} the first such row; 0 where nothing is dark
 */
record Picture(BufferedImage image, Depth depth, int right, int bottom) {
    enum Depth {
        BLACK_AND_WHITE,
        GREY,
        COLOUR
    }

    /** Lighter than this is paper. */
    private static final int DARK = 0xC0;

    static Picture of(BufferedImage decoded) {
        BufferedImage flat = isGrey(decoded.getColorModel()) ? flatGrey(decoded) : flat(decoded);
        return measured(flat);
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    boolean blank() {
        return right == 0;
    }

    private static BufferedImage flat(BufferedImage decoded) {
        BufferedImage flat = new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = flat.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, flat.getWidth(), flat.getHeight());
        canvas.drawImage(decoded, 0, 0, null);
        canvas.dispose();
        return flat;
    }

    private static boolean isGrey(ColorModel model) {
        return model instanceof ComponentColorModel && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /** Grey sample by sample: Java2D would run it through a gamma curve and change every value. */
    private static BufferedImage flatGrey(BufferedImage decoded) {
        int width = decoded.getWidth();
        BufferedImage flat = new BufferedImage(width, decoded.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] out = pixels(flat);
        Raster raster = decoded.getRaster();
        SampleModel samples = raster.getSampleModel();
        int shift = samples.getSampleSize(0) - 8;
        boolean alpha = raster.getNumBands() > 1;
        int[] grey = new int[width];
        int[] opacity = new int[width];
        for (int y = 0; y < flat.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, grey);
            if (alpha) {
                raster.getSamples(0, y, width, 1, 1, opacity);
            }
            for (int x = 0; x < width; x++) {
                int value = grey[x] >> shift;
                int shown = alpha ? 255 - (255 - value) * (opacity[x] >> shift) / 255 : value;
                out[y * width + x] = shown * 0x010101;
            }
        }
        return flat;
    }

    private static Picture measured(BufferedImage flat) {
        int[] pixels = pixels(flat);
        int width = flat.getWidth();
        int right = 0;
        int bottom = 0;
        boolean coloured = false;
        boolean shaded = false;
        for (int i = 0; i < pixels.length; i++) {
            int rgb = pixels[i] & 0xFFFFFF;
            if (rgb == 0xFFFFFF) {
                continue;
            }
            int green = rgb >> 8 & 0xFF;
            shaded |= rgb != 0;
            coloured |= rgb != green * 0x010101;
            if (luminance(rgb) < DARK) {
                bottom = i / width + 1;
                right = Math.max(right, i % width + 1);
            }
        }
        Depth depth = coloured ? Depth.COLOUR : shaded ? Depth.GREY : Depth.BLACK_AND_WHITE;
        return new Picture(flat, depth, right, bottom);
    }

    private static int luminance(int rgb) {
        return ((rgb >> 16) * 77 + (rgb >> 8 & 0xFF) * 150 + (rgb & 0xFF) * 29) >> 8;
    }

    /** Eight pixels a byte, white is 1, each row from a new byte. */
    byte[] bits() {
        int[] pixels = pixels(image);
        int stride = (width() + 7) / 8;
        byte[] bits = new byte[stride * height()];
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                if ((pixels[y * width() + x] & 1) != 0) {
                    bits[y * stride + (x >> 3)] |= (byte) (0x80 >> (x & 7));
                }
            }
        }
        return bits;
    }

    byte[] greys() {
        int[] pixels = pixels(image);
        byte[] greys = new byte[pixels.length];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = (byte) pixels[i];
        }
        return greys;
    }

    private static int[] pixels(BufferedImage flat) {
        return ((DataBufferInt) flat.getRaster().getDataBuffer()).getData();
    }
}

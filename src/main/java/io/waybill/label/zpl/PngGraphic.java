package io.waybill.label.zpl;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** A PNG sent by ~DY, as black dots where it is darker than half. Its size is checked before a pixel is decoded. */
final class PngGraphic {
    private static final int DARK = 128;

    private PngGraphic() {}

    static Bitmap read(Command command, String data, Limits limits) {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes(data)))) {
            ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
            try {
                reader.setInput(in, true, true);
                limits.dots((long) reader.getWidth(0) * reader.getHeight(0));
                return bitmap(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw new ZplException(ZplError.MALFORMED, command.where() + " holds a broken PNG.", broken);
        }
    }

    private static byte[] bytes(String data) {
        String text = data.strip();
        if (text.startsWith(":B64:")) {
            int end = text.indexOf(':', 5);
            return Base64.getMimeDecoder().decode(text.substring(5, end < 0 ? text.length() : end));
        }
        byte @Nullable [] hex = hex(text);
        return hex == null ? data.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1) : hex;
    }

    private static byte @Nullable [] hex(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() / 2);
        for (int i = 0; i + 1 < text.length(); i += 2) {
            int high = Character.digit(text.charAt(i), 16);
            int low = Character.digit(text.charAt(i + 1), 16);
            if (high < 0 || low < 0) {
                return null;
            }
            out.write(high << 4 | low);
        }
        return out.toByteArray();
    }

    private static Bitmap bitmap(BufferedImage image) {
        int bytesPerRow = (image.getWidth() + 7) / 8;
        byte[] dots = new byte[bytesPerRow * image.getHeight()];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (dark(image.getRGB(x, y))) {
                    dots[y * bytesPerRow + x / 8] |= (byte) (0x80 >> x % 8);
                }
            }
        }
        return new Bitmap(bytesPerRow, image.getHeight(), dots);
    }

    private static boolean dark(int argb) {
        int alpha = argb >>> 24;
        int luma = ((argb >> 16 & 255) * 299 + (argb >> 8 & 255) * 587 + (argb & 255) * 114) / 1000;
        return 255 - (255 - luma) * alpha / 255 < DARK;
    }
}

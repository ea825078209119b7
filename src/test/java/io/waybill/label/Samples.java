package io.waybill.label;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import uk.org.okapibarcode.backend.Code128;

/** Small labels made here: a barcode, an address and a frame. */
final class Samples {
    static final String CODE = "1Z999WB0000000017";

    private Samples() {}

    static byte[] file(String name) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream("/labels/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] image(String format, int width, int height) {
        return image(format, width, height, Color.BLACK);
    }

    static byte[] image(String format, int width, int height, Color ink) {
        return encoded(format, drawn(width, height, width, BufferedImage.TYPE_INT_RGB, ink));
    }

    /** A UPS label: 1400 by 800 for 7 by 4 inches, its last inch blank. */
    static byte[] upsGif() {
        BufferedImage rgb = drawn(1400, 800, 1180, BufferedImage.TYPE_INT_RGB, Color.BLACK);
        byte[] tones = {(byte) 0xFF, 0};
        BufferedImage bits = new BufferedImage(
                1400, 800, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, tones, tones, tones));
        Graphics2D canvas = bits.createGraphics();
        canvas.drawImage(rgb, 0, 0, null);
        canvas.dispose();
        return encoded("gif", bits);
    }

    static byte[] blank(String format) {
        BufferedImage image = new BufferedImage(812, 1218, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, 812, 1218);
        canvas.dispose();
        return encoded(format, image);
    }

    static BufferedImage drawn(int width, int height, int inkWidth, int type, Color ink) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.WHITE);
        canvas.fillRect(0, 0, width, height);
        canvas.setColor(ink);
        canvas.drawRect(8, 8, inkWidth - 16, height - 16);
        canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, Math.max(8, width / 30)));
        canvas.drawString("SHIP TO  Ada Example", width / 12, height / 8);
        canvas.translate(width / 12, height / 4);
        barcode(canvas, Math.max(1, inkWidth / 300), Math.max(10, height / 6), ink);
        canvas.dispose();
        return image;
    }

    private static void barcode(Graphics2D canvas, int module, int height, Color ink) {
        Code128 code = new Code128();
        code.setModuleWidth(module);
        code.setBarHeight(height);
        code.setContent(CODE);
        canvas.setColor(ink);
        for (var bar : code.getRectangles()) {
            canvas.fillRect((int) bar.x, (int) bar.y, (int) bar.width, (int) bar.height);
        }
    }

    static byte[] encoded(String format, BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("No writer for " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pdf(int pages, float width, float height) {
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                PDPage page = new PDPage(new PDRectangle(width, height));
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.addRect(20, 20, 60 + i, 40);
                    content.fill();
                }
            }
            return saved(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] saved(PDDocument document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }
}

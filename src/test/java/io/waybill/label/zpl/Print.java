package io.waybill.label.zpl;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.Result;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.common.HybridBinarizer;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** A label as it comes out of a viewer: the PDF rendered at the printer's own dots. */
record Print(ZplDocument document, List<BufferedImage> pages) {

    /** Where ink is: dots from left and top, right and bottom exclusive. */
    record Ink(int left, int top, int right, int bottom) {}

    static Print of(String zpl) {
        return of(zpl, ZplOptions.FOUR_BY_SIX);
    }

    static Print of(String zpl, ZplOptions options) {
        return of(Zpl.render(zpl, options), options.dpi());
    }

    static Print of(ZplDocument document, int dpi) {
        try (PDDocument pdf = Loader.loadPDF(document.pdf())) {
            PDFRenderer renderer = new PDFRenderer(pdf);
            List<BufferedImage> pages = new ArrayList<>();
            for (int i = 0; i < pdf.getNumberOfPages(); i++) {
                pages.add(renderer.renderImageWithDPI(i, dpi, ImageType.GRAY));
            }
            return new Print(document, pages);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    BufferedImage page() {
        return pages.get(0);
    }

    Print part(int left, int top, int right, int bottom) {
        int r = Math.min(right, page().getWidth());
        int b = Math.min(bottom, page().getHeight());
        return new Print(document, List.of(page().getSubimage(left, top, r - left, b - top)));
    }

    boolean black(int x, int y) {
        return (page().getRGB(x, y) & 255) < 128;
    }

    Ink ink() {
        return ink(0, 0, page().getWidth(), page().getHeight());
    }

    Ink ink(int left, int top, int right, int bottom) {
        int l = right;
        int t = bottom;
        int r = left;
        int b = top;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                if (black(x, y)) {
                    l = Math.min(l, x);
                    r = Math.max(r, x + 1);
                    t = Math.min(t, y);
                    b = Math.max(b, y + 1);
                }
            }
        }
        return new Ink(l, t, r, b);
    }

    int blackDots(int left, int top, int right, int bottom) {
        int count = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                count += black(x, y) ? 1 : 0;
            }
        }
        return count;
    }

    /** Reads one barcode of the type, wherever it is. */
    String read(BarcodeFormat format) {
        return result(format).getText();
    }

    Result result(BarcodeFormat format) {
        Map<DecodeHintType, Object> hints = new EnumMap<>(DecodeHintType.class);
        hints.put(DecodeHintType.TRY_HARDER, true);
        hints.put(DecodeHintType.POSSIBLE_FORMATS, List.of(format));
        try {
            return new MultiFormatReader().decode(bitmap(framed(cropped()), false), hints);
        } catch (NotFoundException first) {
            try {
                return new MultiFormatReader().decode(bitmap(framed(cropped()), true), hints);
            } catch (NotFoundException unreadable) {
                throw new AssertionError("no readable " + format, unreadable);
            }
        }
    }

    /** Some readers look for their symbol in the middle. */
    private BufferedImage cropped() {
        Ink ink = ink();
        return page().getSubimage(ink.left, ink.top, ink.right - ink.left, ink.bottom - ink.top);
    }

    private static BinaryBitmap bitmap(BufferedImage image, boolean global) {
        BufferedImageLuminanceSource source = new BufferedImageLuminanceSource(image);
        return new BinaryBitmap(global ? new GlobalHistogramBinarizer(source) : new HybridBinarizer(source));
    }

    /** White around it: readers want a quiet zone that labels do not always leave. */
    private static BufferedImage framed(BufferedImage page) {
        int margin = 40;
        BufferedImage out = new BufferedImage(
                page.getWidth() + 2 * margin, page.getHeight() + 2 * margin, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = out.createGraphics();
        g.setColor(java.awt.Color.WHITE);
        g.fillRect(0, 0, out.getWidth(), out.getHeight());
        g.drawImage(page, margin, margin, null);
        g.dispose();
        return out;
    }
}

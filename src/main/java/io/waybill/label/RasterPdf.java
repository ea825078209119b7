package io.waybill.label;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.jspecify.annotations.Nullable;

/** Pictures to pages at true physical size. A JPEG's own bytes are kept; all else is stored without loss. */
final class RasterPdf {
    private static final int CMYK = 4;

    private final PDDocument document;
    private final @Nullable PageSize declared;
    private final List<String> warnings = new ArrayList<>();

    RasterPdf(PDDocument document, @Nullable PageSize declared) {
        this.document = document;
        this.declared = declared;
    }

    List<String> warnings() {
        return warnings;
    }

    void add(LabelFormat format, byte[] data) throws IOException {
        RasterHeader header = RasterHeader.read(format, data);
        try {
            if (format == LabelFormat.JPEG) {
                addJpeg(header);
            } else {
                addDecoded(format, header);
            }
        } catch (IIOException | RuntimeException e) {
            if (e instanceof LabelException known) {
                throw known;
            }
            throw new LabelException(LabelError.CORRUPT_LABEL, "The " + format + " cannot be decoded", e);
        }
    }

    private void addDecoded(LabelFormat format, RasterHeader header) throws IOException {
        decode(format, header, image -> {
            Picture picture = Picture.of(image);
            draw(stored(picture), header, picture);
        });
    }

    /**
     * Flate throughout: G4 is a fifth smaller for black and white and takes PDFBox five times as long, and PDFBox's own way with
     * greys changes their values.
     */
    private PDImageXObject stored(Picture picture) throws IOException {
        return switch (picture.depth()) {
            case BLACK_AND_WHITE -> grey(picture, picture.bits(), 1);
            case GREY -> grey(picture, picture.greys(), 8);
            case COLOUR -> LosslessFactory.createFromImage(document, picture.image());
        };
    }

    private PDImageXObject grey(Picture picture, byte[] samples, int bits) throws IOException {
        ByteArrayOutputStream flate = new ByteArrayOutputStream(samples.length / 4);
        try (OutputStream out = new DeflaterOutputStream(flate)) {
            out.write(samples);
        }
        return new PDImageXObject(
                document,
                new ByteArrayInputStream(flate.toByteArray()),
                COSName.FLATE_DECODE,
                picture.width(),
                picture.height(),
                bits,
                PDDeviceGray.INSTANCE);
    }

    private void addJpeg(RasterHeader header) throws IOException {
        PDImageXObject passed = JPEGFactory.createFromByteArray(document, header.safe());
        if (header.bytesPerPixel() < CMYK) {
            // Decoded all the same: a damaged or blank picture must not pass for a label.
            decode(LabelFormat.JPEG, header, image -> draw(passed, header, Picture.of(image)));
            return;
        }
        // PDF/A with an sRGB intent has no room for CMYK.
        Picture converted = Picture.of(passed.getImage());
        draw(stored(converted), header, converted);
    }

    private void draw(PDImageXObject image, RasterHeader header, Picture picture) throws IOException {
        if (picture.blank()) {
            throw new LabelException(LabelError.BLANK_LABEL, "The picture holds no ink");
        }
        Placement placement = Placement.of(Placement.Shape.of(header, picture), declared);
        PDPage page = new PDPage(
                new PDRectangle(placement.page().width(), placement.page().height()));
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.drawImage(image, placement.matrix());
        }
        placement.warnings().stream().filter(w -> !warnings.contains(w)).forEach(warnings::add);
    }

    private interface Drawing {
        void of(BufferedImage image) throws IOException;
    }

    /** One page at a time, so that one page's pixels are all that memory must hold. */
    private static void decode(LabelFormat format, RasterHeader header, Drawing drawing) throws IOException {
        ImageReader reader = reader(format);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(header.safe()))) {
            reader.setInput(in, false, format != LabelFormat.TIFF);
            int pages = format == LabelFormat.TIFF ? reader.getNumImages(true) : 1;
            for (int i = 0; i < pages; i++) {
                drawing.of(reader.read(i, new ImageReadParam()));
            }
        } finally {
            reader.dispose();
        }
    }

    /** The JDK's own reader, whatever plugins lie on the class path. */
    private static ImageReader reader(LabelFormat format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule() == ImageIO.class.getModule()) {
                return reader;
            }
        }
        throw new IllegalStateException("This JDK reads no " + format);
    }
}

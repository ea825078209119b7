package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureLabelTest {
    private static final Labels LABELS = SharedLabels.get();

    private static LabelPdf convert(byte[] data, @Nullable String size) {
        return LABELS.convert(LabelSource.of(data, null, size));
    }

    @ParameterizedTest
    @CsvSource({
        "1400,800,504,288",
        "812,1218,288,432",
        "1200,1800,288,432",
        "1218,812,432,288",
        "800,1200,288,432",
        "2400,3600,288,432",
        "1181,1772,283.7,425.5"
    })
    void knowsLabelSizesByTheirPixels(int width, int height, float points, float pointsHigh) {
        LabelPdf label = convert(Samples.image("gif", width, height), null);

        assertThat(label.widthPt()).isCloseTo(points, within(1f));
        assertThat(label.heightPt()).isCloseTo(pointsHigh, within(1f));
    }

    @Test
    void believesPlausibleResolution() {
        LabelPdf label = convert(withDensity(11811), null);

        assertThat(label.widthPt()).isCloseTo(500 * 72 / 300f, within(1f));
    }

    @Test
    void doubtsScreenResolution() {
        LabelPdf label = convert(withDensity(2835), null);

        assertThat(label.widthPt()).isCloseTo(500 * 72 / 203f, within(1f));
        assertThat(label.warnings()).anyMatch(w -> w.contains("no known size"));
    }

    private static byte[] withDensity(int perMetre) {
        byte[] density = Hostile.chunk("pHYs", Hostile.bytes(out -> {
            out.writeInt(perMetre);
            out.writeInt(perMetre);
            out.writeByte(1);
        }));
        return Hostile.withChunk(Samples.image("png", 500, 700), density);
    }

    @ParameterizedTest
    @CsvSource({"gif", "png", "jpg", "tiff"})
    void drawsEveryPixelAsItWas(String format) throws IOException {
        byte[] data = Samples.image(format, 812, 1218);
        BufferedImage source = ImageIO.read(new ByteArrayInputStream(data));

        BufferedImage shown = Reading.page(convert(data, "4x6in").bytes(), 0, 203);

        assertThat(Reading.difference(source, shown)).isLessThan(0.5);
        assertThat(Reading.code128(shown)).isEqualTo(Samples.CODE);
    }

    @Test
    void keepsColours() {
        BufferedImage colour = Samples.drawn(812, 1218, 812, BufferedImage.TYPE_INT_RGB, Color.RED);

        BufferedImage shown =
                Reading.page(convert(Samples.encoded("png", colour), "4x6in").bytes(), 0, 203);

        assertThat(Reading.difference(colour, shown)).isLessThan(0.5);
    }

    /** Read from the PDF, not from a rendering: Java2D draws greys lighter than they are. */
    @Test
    void keepsGreys() throws IOException {
        BufferedImage grey = Samples.drawn(812, 1218, 812, BufferedImage.TYPE_BYTE_GRAY, Color.GRAY);

        try (PDDocument document =
                Loader.loadPDF(convert(Samples.encoded("png", grey), "4x6in").bytes())) {
            PDResources resources = document.getPage(0).getResources();
            COSName name = resources.getXObjectNames().iterator().next();
            PDImageXObject image = (PDImageXObject) resources.getXObject(name);
            assertThat(Arrays.equals(
                            image.getRawRaster().getSamples(0, 0, 812, 1218, 0, (int[]) null),
                            grey.getRaster().getSamples(0, 0, 812, 1218, 0, (int[]) null)))
                    .isTrue();
        }
    }

    @Test
    void keepsJpegBytes() throws IOException {
        byte[] jpeg = Samples.image("jpg", 812, 1218);

        try (PDDocument document = Loader.loadPDF(convert(jpeg, "4x6in").bytes())) {
            PDResources resources = document.getPage(0).getResources();
            COSName name = resources.getXObjectNames().iterator().next();
            assertThat(resources
                            .getXObject(name)
                            .getCOSObject()
                            .createRawInputStream()
                            .readAllBytes())
                    .isEqualTo(jpeg);
        }
    }

    @Test
    void turnsUpsLabelSoThatItsBarcodeScans() {
        byte[] pdf = convert(Samples.upsGif(), "4x6in").bytes();

        assertThat(Reading.code128(Reading.page(pdf, 0, 200))).isEqualTo(Samples.CODE);
    }

    @Test
    void leavesUpsLabelLyingOnASheet() throws IOException {
        BufferedImage source = ImageIO.read(new ByteArrayInputStream(Samples.upsGif()));

        BufferedImage sheet = Reading.page(convert(Samples.upsGif(), "A4").bytes(), 0, 200);

        BufferedImage plain = new BufferedImage(1400, 800, BufferedImage.TYPE_INT_RGB);
        plain.createGraphics().drawImage(source, 0, 0, null);
        assertThat(Reading.difference(plain, sheet.getSubimage(0, 0, 1400, 800)))
                .isLessThan(2);
    }

    @Test
    void scalesWhatInkWouldBeCutOff() {
        byte[] wide = Samples.image("gif", 1400, 800);

        LabelPdf label = convert(wide, "4x6in");

        assertThat(label.warnings()).anyMatch(w -> w.contains("86 %"));
        assertThat(Reading.code128(Reading.page(label.bytes(), 0, 400))).isEqualTo(Samples.CODE);
    }

    @Test
    void drawsEveryPageOfAFax() throws IOException {
        LabelPdf label = convert(fax(), null);

        assertThat(label.pages()).isEqualTo(2);
        assertThat(label.widthPt()).isCloseTo(288f, within(1f));
        assertThat(Reading.code128(Reading.page(label.bytes(), 1, 203))).isEqualTo(Samples.CODE);
    }

    /** Two pages of CCITT group 4. */
    private static byte[] fax() throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType("CCITT T.6");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < 2; i++) {
                BufferedImage page = Samples.drawn(812, 1218, 812, BufferedImage.TYPE_BYTE_BINARY, Color.BLACK);
                writer.writeToSequence(new IIOImage(page, null, null), param);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @Test
    void turnsLandscapeForThePrinterOnRequest() {
        LabelPdf label =
                LABELS.convert(new LabelSource(Samples.upsGif(), null, null, Map.of(), new LabelOptions(true, 203)));

        assertThat(label.widthPt()).isCloseTo(288f, within(1f));
    }

    @Test
    void convertsAWholeSheet() {
        assertThat(convert(Samples.image("png", 2480, 3508), "A4").pages()).isOne();
    }
}

package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static final Labels LABELS = SharedLabels.get();

    @Test
    void passesPdfBytesUnchanged() {
        byte[] pdf = Samples.pdf(2, 288, 432);

        LabelPdf label = LABELS.convert(LabelSource.of(pdf));

        assertThat(label.bytes()).isEqualTo(pdf);
        assertThat(label.pages()).isEqualTo(2);
    }

    @Test
    void givesUpsGifItsTrueSize() {
        LabelPdf label = LABELS.convert(LabelSource.of(Samples.upsGif()));

        assertThat(label.widthPt()).isCloseTo(7 * 72f, within(1f));
        assertThat(label.heightPt()).isCloseTo(4 * 72f, within(1f));
    }

    @Test
    void turnsAndCropsUpsGifFor4x6() {
        LabelPdf label = LABELS.convert(LabelSource.of(Samples.upsGif(), "GIF", "4x6in"));

        assertThat(label.widthPt()).isCloseTo(288f, within(1f));
        assertThat(label.heightPt()).isCloseTo(432f, within(1f));
        assertThat(label.warnings()).anyMatch(w -> w.contains("blank tail"));
    }

    @Test
    void recordsWrongDeclaration() {
        LabelPdf label = LABELS.convert(LabelSource.of(Samples.image("png", 812, 1218), "application/pdf", null));

        assertThat(label.detected()).isEqualTo(LabelFormat.PNG);
        assertThat(label.warnings()).containsExactly("Declared as PDF, but the content is PNG");
    }

    @Test
    void drawsSiblingPictureOfUpsPage() {
        LabelPdf label = LABELS.convert(ups(Map.of("LABEL1Z999.GIF", Samples.upsGif())));

        assertThat(label.detected()).isEqualTo(LabelFormat.HTML);
        assertThat(label.heightPt()).isCloseTo(432f, within(1f));
    }

    @Test
    void refusesUpsPageWithoutItsPicture() {
        assertThatThrownBy(() -> LABELS.convert(ups(Map.of())))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.error()).isEqualTo(LabelError.MISSING_IMAGE));
    }

    @Test
    void putsZplOnThePaperAskedFor() {
        byte[] zpl = "^XA^PW609^LL400^FO50,50^A0N,40,40^FDHello^FS^FO50,120^BCN,80^FD12345678^FS^XZ"
                .getBytes(StandardCharsets.US_ASCII);

        LabelPdf label = LABELS.convert(LabelSource.of(zpl, "ZPL", "4x6in"));

        assertThat(label.detected()).isEqualTo(LabelFormat.ZPL);
        assertThat(label.widthPt()).isCloseTo(288f, within(1f));
        assertThat(label.heightPt()).isCloseTo(432f, within(1f));
        assertThat(Reading.code128(Reading.page(label.bytes(), 0, 203))).isEqualTo("12345678");
    }

    @Test
    void namesWhatZplCannotDo() {
        byte[] zpl = "^XA^FO50,50^XGR:LOGO.GRF,1,1^FS^XZ".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> LABELS.convert(LabelSource.of(zpl)))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.error()).isEqualTo(LabelError.MISSING_IMAGE));
    }

    @Test
    void mergesInOrder() throws Exception {
        byte[] first = Samples.pdf(1, 288, 432);
        byte[] second = LABELS.convert(LabelSource.of(Samples.upsGif())).bytes();

        try (PDDocument merged = Loader.loadPDF(LABELS.merge(List.of(first, second)))) {
            assertThat(merged.getNumberOfPages()).isEqualTo(2);
            assertThat(merged.getPage(0).getMediaBox().getWidth()).isEqualTo(288);
            assertThat(merged.getPage(1).getMediaBox().getWidth()).isEqualTo(504);
        }
    }

    @Test
    void rendersPackingSlip() throws Exception {
        byte[] pdf = LABELS.htmlToPdf("<h1>Packing slip</h1><p>2 × Blue mug</p>", "A5");

        try (PDDocument slip = Loader.loadPDF(pdf)) {
            assertThat(slip.getPage(0).getMediaBox().getHeight()).isCloseTo(595.3f, within(1f));
        }
    }

    @Test
    void keyDependsOnEverythingThatChangesTheResult() {
        byte[] gif = Samples.upsGif();
        LabelSource plain = LabelSource.of(gif);

        assertThat(Labels.key(plain))
                .isEqualTo(Labels.key(LabelSource.of(gif.clone())))
                .isNotEqualTo(Labels.key(LabelSource.of(gif, null, "4x6in")))
                .isNotEqualTo(Labels.key(new LabelSource(gif, null, null, Map.of(), new LabelOptions(true, 203))));
    }

    private static LabelSource ups(Map<String, byte[]> resources) {
        byte[] html =
                "<html><body><div class=instructions-div>Fold here</div><img src=\"./label1Z999.gif\"></body></html>"
                        .getBytes(StandardCharsets.UTF_8);
        return new LabelSource(html, "html", "4x6in", resources, LabelOptions.DEFAULTS);
    }
}

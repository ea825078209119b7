package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlLabelTest {
    private static final Labels LABELS = SharedLabels.get();

    private static LabelPdf convert(String body, @Nullable String size) {
        return convert(body, size, Map.of(), LabelOptions.DEFAULTS);
    }

    private static LabelPdf convert(
            String body, @Nullable String size, Map<String, byte[]> resources, LabelOptions options) {
        byte[] html = ("<html><head><meta charset=utf-8></head><body>" + body + "</body></html>")
                .getBytes(StandardCharsets.UTF_8);
        return LABELS.convert(new LabelSource(html, "html", size, resources, options));
    }

    @ParameterizedTest
    @CsvSource({
        "4x6in,288,432",
        "4x8in,288,576",
        "A4,595.3,841.9",
        "A5,419.5,595.3",
        "A6,297.6,419.5",
        "A7,209.8,297.6",
        "Letter,612,792",
        "100x150mm,283.5,425.2",
        "102x152mm,289.1,430.9",
        "6x4in,432,288",
        "A6 landscape,419.5,297.6"
    })
    void takesDeclaredSize(String size, float width, float height) {
        LabelPdf label = convert("<p>Hello</p>", size);

        assertThat(label.widthPt()).isCloseTo(width, within(1f));
        assertThat(label.heightPt()).isCloseTo(height, within(1f));
    }

    @Test
    void takesPageSizeOfItsOwnStyle() {
        LabelPdf label = convert("<style>@page { margin: 2mm; size: 100mm 70mm }</style><p>Hello</p>", null);

        assertThat(label.widthPt()).isCloseTo(283.5f, within(1f));
        assertThat(label.heightPt()).isCloseTo(198.4f, within(1f));
    }

    @Test
    void isLabelSizedWhenNobodySays() {
        assertThat(convert("<p>Hello</p>", null).heightPt()).isCloseTo(432f, within(1f));
    }

    @Test
    void turnsLandscapeForThePrinterOnRequest() {
        LabelPdf label = convert("<p>Hello</p>", "6x4in", Map.of(), new LabelOptions(true, 203));

        assertThat(label.widthPt()).isCloseTo(288f, within(1f));
        assertThat(label.heightPt()).isCloseTo(432f, within(1f));
    }

    @Test
    void drawsTextOfManyScripts() {
        LabelPdf label = convert(
                "<p>Łódź Kraków Zürich Ångström</p><p>Ελλάδα Москва Київ</p><p>Երևան თბილისი ☎ ✓ →</p>", "4x6in");

        assertThat(Reading.text(label.bytes()))
                .contains("Łódź Kraków Zürich Ångström", "Ελλάδα Москва Київ", "Երևան თბილისი ☎ ✓ →");
    }

    @Test
    void drawsRightToLeft() {
        LabelPdf label = convert("<p dir=rtl>שלום עולם</p><p dir=rtl>مرحبا</p>", "4x6in");

        assertThat(Reading.text(label.bytes())).contains("שלום עולם", "مرحبا");
    }

    @Test
    void drawsChineseJapaneseAndKorean() {
        LabelPdf label = convert("<p>送货地址 東京 ひらがな カタカナ 서울</p>", "4x6in");

        assertThat(Reading.text(label.bytes())).contains("送货地址", "東京", "ひらがな", "カタカナ", "서울");
        assertThat(label.bytes()).as("a subset, not the whole font").hasSizeLessThan(200_000);
    }

    @Test
    void namesTheCharacterNoFontHas() {
        assertThatThrownBy(() -> convert("<p>ที่อยู่</p>", "4x6in"))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.error()).isEqualTo(LabelError.MISSING_GLYPH))
                .hasMessageContaining("U+0E17")
                .hasMessageContaining("THAI");
    }

    @Test
    void drawsEachPackageOfSeveral() {
        LabelPdf label = convert(
                "<img src='./label1Z1.gif'><img src='./label1Z2.gif'>",
                "4x6in",
                Map.of("LABEL1Z1.GIF", Samples.upsGif(), "label1z2.gif", Samples.upsGif()),
                LabelOptions.DEFAULTS);

        assertThat(label.pages()).isEqualTo(2);
    }

    @Test
    void drawsDataUriPicture() {
        String png = Base64.getEncoder().encodeToString(Samples.image("png", 600, 400));
        LabelPdf label = convert("<p>To Ada</p><img width=300 src='data:image/png;base64," + png + "'>", "4x6in");

        assertThat(Reading.code128(Reading.page(label.bytes(), 0, 300))).isEqualTo(Samples.CODE);
    }

    @Test
    void drawsUpsPageWholeOnASheet() {
        LabelPdf label = convert(
                "<div class=instructions-div>Fold here</div><img width=651 height=392 src='./label1Z1.gif'>",
                "A4",
                Map.of("label1Z1.gif", Samples.upsGif()),
                LabelOptions.DEFAULTS);

        assertThat(Reading.text(label.bytes())).contains("Fold here");
        assertThat(Reading.code128(Reading.page(label.bytes(), 0, 300))).isEqualTo(Samples.CODE);
    }

    @Test
    void shrinksWhatIsWiderThanItsPage() {
        String png = Base64.getEncoder().encodeToString(Samples.image("png", 1200, 800));
        LabelPdf label = convert(
                "<table width=650><tr><td>To</td><td align=right>END</td></tr></table>"
                        + "<img width=640 src='data:image/png;base64," + png + "'>",
                "4x6in");

        assertThat(label.warnings()).anyMatch(w -> w.contains("wider than its page"));
        assertThat(label.widthPt()).isCloseTo(288f, within(1f));
        assertThat(Reading.code128(Reading.page(label.bytes(), 0, 400))).isEqualTo(Samples.CODE);
    }

    @Test
    void refusesWhatCannotFit() {
        assertThatThrownBy(() -> convert("<div style='width:2000px;border:1px solid'>x</div>", "4x6in"))
                .isInstanceOfSatisfying(
                        LabelException.class, e -> assertThat(e.error()).isEqualTo(LabelError.DOES_NOT_FIT));
    }

    @Test
    void dropsBlankPageAfterLastBreak() {
        assertThat(convert("<p>x</p><div style='page-break-after:always'></div><div></div>", "4x6in")
                        .pages())
                .isEqualTo(1);
    }
}

package io.waybill.label.zpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BarcodeFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as a whole: several labels, stored formats, character sets, what is refused. */
class ZplMessageTest {

    private static ZplDocument render(String zpl) {
        return Zpl.render(zpl, ZplOptions.FOUR_BY_SIX);
    }

    private static String text(ZplDocument document) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(document.pdf())) {
            return new PDFTextStripper().getText(pdf).strip();
        }
    }

    private static void refused(String zpl, ZplError error) {
        assertThatThrownBy(() -> render(zpl)).isInstanceOfSatisfying(ZplException.class, e -> assertThat(e.code())
                .isEqualTo(error));
    }

    @Test
    void makesAPageOfEachLabel() throws IOException {
        ZplDocument document = render("^XA^FO9,9^FDone^FS^XZ ^XA^CI28^XZ ^XA^FO9,9^FDtwo^FS^XZ");

        assertThat(document.pages()).isEqualTo(2);
        assertThat(text(document)).contains("one").contains("two");
    }

    @Test
    void fillsAStoredFormat() throws IOException {
        String zpl = "^XA^DFR:F.ZPL^FS^FO50,50^A0N,40^FN1^FS^FO50,150^BY2^BCN,80^FN2^FS^XZ"
                + "^XA^XFR:F.ZPL^FS^FN1^FDName^FS^FN2^FDCODE1^FS^XZ^XA^XFR:F.ZPL^FN1^FDOther^FS^XZ";

        ZplDocument document = render(zpl);

        assertThat(document.pages()).isEqualTo(2);
        assertThat(text(document)).contains("Name").contains("Other");
        assertThat(Print.of(document, 203).read(BarcodeFormat.CODE_128)).isEqualTo("CODE1");
    }

    @Test
    void countsSerialNumbersUpOverTheCopies() throws IOException {
        ZplDocument document = render("^XA^FO50,50^A0N,40^SNBOX009,1,Y^FS^PQ3^XZ");

        assertThat(document.pages()).isEqualTo(3);
        assertThat(text(document)).contains("BOX009").contains("BOX010").contains("BOX011");
    }

    @Test
    void saysThatCopiesAlikeAreOnePage() {
        ZplDocument document = render("^XA^FO50,50^FDx^FS^PQ2^XZ");

        assertThat(document.pages()).isEqualTo(1);
        assertThat(document.warnings())
                .containsExactly("^PQ at 18: asks for 2 copies; copies that are alike are one page");
    }

    @Test
    void readsEscapesInTheCharacterSetInForce() throws IOException {
        assertThat(text(render("^XA^CI28^FO9,99^A0N,40^FH^FDUS_C5_81UGI Ł^FS^XZ")))
                .isEqualTo("USŁUGI Ł");
        assertThat(text(render("^XA^FO9,99^A0N,40^FH\\^FDQt\\82^FS^XZ"))).isEqualTo("Qté");
        assertThat(text(render("^XA^CI27^FO9,99^A0N,40^FH^FD_80_E9^FS^XZ"))).isEqualTo("€é");
        assertThat(text(render("^XA^CI6^FO9,99^A0N,40^FD[{^FS^XZ"))).isEqualTo("Ää");
    }

    @Test
    void readsBytesInTheCharacterSetInForce() throws IOException {
        byte[] cp850 = "^XA^CI13^FO9,99^A0N,40^FDGrüße^FS^XZ".getBytes(Charset.forName("IBM850"));
        byte[] utf8 = "^XA^CI28^FO9,99^A0N,40^FDŻółć^FS^XZ".getBytes(StandardCharsets.UTF_8);

        assertThat(text(Zpl.render(cp850, ZplOptions.FOUR_BY_SIX))).isEqualTo("Grüße");
        assertThat(text(Zpl.render(utf8, ZplOptions.FOUR_BY_SIX))).isEqualTo("Żółć");
    }

    @Test
    void takesOtherPrefixesAndDelimiters() {
        assertThat(Print.of("^XA^CC+^FO1,1+CD;+FO50;60+GB200;100;4+FS+XZ").ink())
                .isEqualTo(new Print.Ink(50, 60, 250, 160));
    }

    @Test
    void warnsOfWhatItLeavesOut() {
        assertThat(render("^XA^FO9,9^QQ1^FDx^FS^XZ").warnings())
                .containsExactly("^QQ at 9: is not supported and is ignored");
    }

    @Test
    void sameInputSameBytes() {
        String zpl = "^XA^FO50,50^A0N,40^FDSame^FS^FO50,150^GB99,99,50^FS^FO80,120^FR^AAN,90^FDRev^FS^XZ";

        assertThat(render(zpl).pdf()).isEqualTo(render(zpl).pdf());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "hello", "^XA^XZ", "^XA^FO10,10^FS^XZ", "N\nA50,50,0,3,1,1,N,\"epl\"\nP1\n"})
    void refusesWhatPrintsNothing(String zpl) {
        refused(zpl, ZplError.NOTHING_TO_PRINT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^XA^FO10,10^FDcut o",
                "^XA^GFA,10,10,2^FS^XZ",
                "^XA^GFB,999,999,2,abc^FS^XZ",
                "^XA^GFA,8,8,2,^FS^XZ"
            })
    void refusesWhatIsCutOff(String zpl) {
        refused(zpl, ZplError.TRUNCATED);
    }

    @Test
    void refusesWhatLiesInSomePrinter() {
        refused("^XA^FO9,9^XGR:LOGO.GRF,1,1^FS^XZ", ZplError.NOT_IN_MESSAGE);
        refused("^XA^XFE:LABEL.ZPL^FS^XZ", ZplError.NOT_IN_MESSAGE);
    }

    @Test
    void refusesCharactersNoFontHas() {
        refused("^XA^CI28^FO9,9^A0N,40^FDที่อยู่^FS^XZ", ZplError.MISSING_GLYPH);
    }

    @Test
    void refusesContentItCannotDraw() {
        refused("^XA^FO9,9^GFC,8,8,2,abc^FS^XZ", ZplError.UNSUPPORTED_CONTENT);
        refused("^XA^FO9,9^FC%^FD%H:%M^FS^XZ", ZplError.UNSUPPORTED_CONTENT);
        refused("^XA^FO9,9^BRN,12^FD123|45^FS^XZ", ZplError.UNSUPPORTED_CONTENT);
    }

    @Test
    void refusesWhatCostsTooMuch() {
        refused("^XA^FO9,9^FDx^FS^XZ".repeat(201), ZplError.TOO_LARGE);
        refused("^XA^GFA,999999,999999,999,FF^FS" + "^GFA,9999999,9999999,999,FF^FS^XZ", ZplError.TOO_LARGE);
        refused("^XA" + "^FO9,9^FDx^FS".repeat(20_001) + "^XZ", ZplError.TOO_LARGE);
        refused("^XA" + "x".repeat(8 << 20) + "^XZ", ZplError.TOO_LARGE);
        refused("^XA^FO9,9^SN1,1^FS^PQ99999999^XZ", ZplError.TOO_LARGE);
    }

    @Test
    void refusesAFormatThatRecallsItself() {
        refused("^XA^DFA^FS^XFA^FS^XZ^XA^XFA^FS^XZ", ZplError.MALFORMED);
    }

    @Test
    void inflatesNoMoreThanAnnounced() {
        java.util.zip.Deflater deflater = new java.util.zip.Deflater();
        deflater.setInput(new byte[50_000_000]);
        deflater.finish();
        byte[] packed = new byte[100_000];
        int length = deflater.deflate(packed);
        deflater.end();
        String bomb = java.util.Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(packed, length));

        assertThat(render("^XA^FO9,9^GFA,8,8,2,:Z64:" + bomb + ":0000^FS^FO9,9^GB9,9,9^FS^XZ")
                        .pages())
                .isEqualTo(1);
    }
}

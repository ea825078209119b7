package io.waybill.label.zpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.waybill.label.zpl.Print.Ink;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where ink lands, in printer dots. */
class ZplGeometryTest {

    private static Print print(String commands) {
        return Print.of("^XA" + commands + "^XZ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^FO50,60^GB200,100,4^FS|50|60|250|160",
                "^FO50,60^GB200,100,4,B,8^FS|50|60|250|160",
                "^FO50,60^GB0,100,4^FS|50|60|54|160",
                "^FO50.9,60.2^GB200,1,3^FS|50|60|250|63",
                "^FT50,160^GB200,100,4^FS|50|60|250|160",
                "^FO250,60,1^GB200,100,4^FS|50|60|250|160",
                "^LH30,40^FO20,20^GB200,100,4^FS|50|60|250|160",
                "^LH0,0^LT20^LS10^FO60,40^GB200,100,4^FS|50|60|250|160",
                "^MUm^FO10,10^GB20,5,1^FS|80|80|240|120",
                "^FO50,60^GC100,5^FS|50|60|150|160",
                "^FO50,60^GE100,40,5^FS|50|60|150|100",
                "^FO50,60^GD100,40,20,B,R^FS|52|60|170|100",
                "^FO50,60^GFA,8,8,2,FFFF80018001FFFF^FS|50|60|66|64",
                "^FO48,60^GFA,8,8,2,!J0!::^FS|48|60|64|64",
            })
    void landsWhereTheCommandsSay(String commands, int left, int top, int right, int bottom) {
        assertThat(print(commands).ink()).isEqualTo(new Ink(left, top, right, bottom));
    }

    @Test
    void sizesThePageByTheLabelElseByTheOptions() throws IOException {
        assertThat(size("^XA^PW406^LL203^FO9,9^GB9,9,9^FS^XZ")).isEqualTo("144 x 72");
        assertThat(size("^XA^FO9,9^GB9,9,9^FS^XZ")).isEqualTo("288 x 432");
    }

    private static String size(String zpl) throws IOException {
        try (PDDocument pdf =
                Loader.loadPDF(Zpl.render(zpl, ZplOptions.FOUR_BY_SIX).pdf())) {
            PDRectangle box = pdf.getPage(0).getCropBox();
            return Math.round(box.getWidth()) + " x " + Math.round(box.getHeight());
        }
    }

    @Test
    void turnsTextAroundItsCorner() {
        Ink upright = print("^FO100,100^A0N,40,40^FDHHHH^FS").ink();
        Ink right = print("^FO100,100^A0R,40,40^FDHHHH^FS").ink();
        Ink down = print("^FO100,100^A0I,40,40^FDHHHH^FS").ink();
        Ink left = print("^FO100,100^A0B,40,40^FDHHHH^FS").ink();

        int length = upright.right() - upright.left();
        assertThat(upright.top()).isCloseTo(100, within(1));
        assertThat(upright.bottom()).isCloseTo(130, within(1));
        assertThat(right.bottom() - right.top()).isCloseTo(length, within(2));
        assertThat(right.left()).isCloseTo(110, within(1));
        assertThat(right.right()).isCloseTo(140, within(1));
        assertThat(down.top()).isCloseTo(110, within(1));
        assertThat(left.left()).isCloseTo(100, within(1));
    }

    @Test
    void setsTextOnItsBaseline() {
        Ink ink = print("^FT100,200^A0N,40,40^FDHHHH^FS").ink();

        assertThat(ink.bottom()).isCloseTo(200, within(1));
        assertThat(ink.top()).isCloseTo(170, within(1));
    }

    @Test
    void growsBitmapFontsInWholeMultiples() {
        Ink once = print("^FO100,100^ADN,18,10^FDHHHH^FS").ink();
        Ink twice = print("^FO100,100^ADN,40,22^FDHHHH^FS").ink();

        assertThat(once.bottom()).isCloseTo(114, within(1));
        assertThat(twice.bottom()).isCloseTo(128, within(1));
        assertThat(twice.right() - 100).isCloseTo(2 * (once.right() - 100), within(2));
    }

    @Test
    void wrapsAndAlignsABlock() {
        String text = "^A0N,30,30^FB200,3,0,%s^FDaaa bbb ccc ddd eee fff^FS";
        Ink left = print("^FO100,100" + text.formatted("L")).ink();
        Ink right = print("^FO100,100" + text.formatted("R")).ink();
        Ink justified = print("^FO100,100" + text.formatted("J")).ink();

        assertThat(left.left()).isCloseTo(100, within(3));
        assertThat(left.bottom()).isCloseTo(152, within(3));
        assertThat(right.right()).isCloseTo(300, within(3));
        assertThat(justified.right()).isCloseTo(300, within(3));
    }

    @Test
    void breaksLinesWhereTheTextSaysSo() {
        Ink ink =
                print("^FO100,100^A0N,30,30^FB600,3,10,L,20^FDHH\\&HH\\&HH^FS").ink();

        assertThat(ink.bottom()).isCloseTo(100 + 2 * 40 + 22, within(2));
        assertThat(print("^FO100,100^A0N,30,30^FB600,3,10,L,20^FDHH\\&HH^FS")
                        .ink(0, 135, 812, 400)
                        .left())
                .isCloseTo(122, within(2));
    }

    @Test
    void reversesWhatIsBeneath() {
        Print inBox = print("^FO100,100^GB100,100,100^FS^FO120,120^FR^GB60,60,60^FS");
        Print across = print("^FO100,100^GB100,100,100^FS^FO150,120^FR^GB100,60,60^FS");

        assertThat(inBox.black(110, 110)).isTrue();
        assertThat(inBox.black(150, 150)).isFalse();
        assertThat(across.black(175, 150)).isFalse();
        assertThat(across.black(225, 150)).isTrue();
        assertThat(across.black(225, 195)).isFalse();
    }

    @Test
    void reversesTheWholeLabel() {
        Print print = print("^LRY^FO100,100^GB100,100,100^FS^FO150,100^GB100,100,100^FS^LRN");

        assertThat(print.black(120, 150)).isTrue();
        assertThat(print.black(175, 150)).isFalse();
        assertThat(print.black(225, 150)).isTrue();
    }

    @Test
    void erasesWithWhite() {
        Print print = print("^FO100,100^GB100,100,100^FS^FO120,120^GB20,20,20,W^FS");

        assertThat(print.black(130, 130)).isFalse();
        assertThat(print.black(110, 110)).isTrue();
    }

    @Test
    void turnsAndMirrorsTheWholeLabel() {
        String box = "^PW400^LL200^FO10,20^GB30,40,30^FS";

        assertThat(print("^POI" + box).ink()).isEqualTo(new Ink(360, 140, 390, 180));
        assertThat(print("^PMY" + box).ink()).isEqualTo(new Ink(360, 20, 390, 60));
        assertThat(print("^POI^PMY" + box).ink()).isEqualTo(new Ink(10, 140, 40, 180));
    }

    @Test
    void printsStoredGraphicsMagnified() {
        Print print = Print.of("~DGR:BOX.GRF,8,2,FFFF8001\n8001FFFF^XA^FO50,60^XGR:BOX.GRF,3,2^FS^XZ");

        assertThat(print.ink()).isEqualTo(new Ink(50, 60, 98, 68));
    }

    @Test
    void printsCompressedGraphics() {
        assertThat(print("^FO48,60^GFA,8,8,2,:B64://+AAYAB//8=:0000^FS").ink()).isEqualTo(new Ink(48, 60, 64, 64));
        assertThat(print("^FO48,60^GFA,8,8,2,:Z64:eJz7/7+BsYHx/38AFv4E/w==:0000^FS")
                        .ink())
                .isEqualTo(new Ink(48, 60, 64, 64));
    }

    @Test
    void warnsOfAWrongChecksum() {
        assertThat(print("^FO48,60^GFA,8,8,2,:B64://+AAYAB//8=:0000^FS")
                        .document()
                        .warnings())
                .containsExactly("^GF at 11: the checksum of its data does not match");
    }

    @Test
    void takesBinaryGraphicsFromBytes() {
        byte[] zpl =
                "^XA^FO48,60^GFB,4,4,2,^~\u00ff\u00ff^FS^XZ".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        Print print = Print.of(Zpl.render(zpl, ZplOptions.FOUR_BY_SIX), 203);

        assertThat(print.ink()).isEqualTo(new Ink(48, 60, 64, 62));
    }
}

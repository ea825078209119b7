package io.waybill.label.zpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.ResultMetadataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scanner reads from the printed label is what stood in ^FD. */
class ZplBarcodeTest {

    private static Print print(String field) {
        return Print.of("^XA^BY2,3,80^FO60,60" + field + "^FS^XZ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^BCN,80,Y,N,N^FDABC-123 xyz|CODE_128|ABC-123 xyz",
                "^BCN,80,Y,N,N^FD>;1234567890|CODE_128|1234567890",
                "^BCN,80,Y,N,N^FD>:AB>51234>6CD|CODE_128|AB1234CD",
                "^BCN,80,Y,N,N^FD>;123|CODE_128|123",
                "^BCN,80,Y,N,N^FDA>0B|CODE_128|A>B",
                "^BCN,80,Y,N,N,A^FDSHIP0012345678XY|CODE_128|SHIP0012345678XY",
                "^BCN,80,Y,N,N,A^FD12345|CODE_128|12345",
                "^BCN,80,Y,N,N,A^FDab12cd|CODE_128|ab12cd",
                "^BCN,80,Y,N,N,U^FD0123456789012345678|CODE_128|01234567890123456789",
                "^BCN,80,Y,N,N,D^FD(00)123456789012345675|CODE_128|00123456789012345675",
                "^BCR,80,Y,N,N^FDROTATED|CODE_128|ROTATED",
                "^BCI,80,Y,N,N^FDUPSIDE|CODE_128|UPSIDE",
                "^BCB,80,Y,N,N^FDBOTTOM|CODE_128|BOTTOM",
                "^B3N,N,80,Y,N^FDCODE-39 X|CODE_39|CODE-39 X",
                "^BAN,80,Y,N,N^FDCODE93|CODE_93|CODE93",
                "^B2N,80,Y,N,N^FD12345678|ITF|12345678",
                "^B2N,80,Y,N,Y^FD1234567|ITF|12345670",
                "^BEN,80,Y,N^FD590123412345|EAN_13|5901234123457",
                "^B8N,80,Y,N^FD9638507|EAN_8|96385074",
                "^BUN,80,Y,N,Y^FD03600029145|UPC_A|036000291452",
                "^B9N,80,Y,N,Y^FD1230000045|UPC_E|01234531",
                "^BKN,N,80,Y,N,A,A^FD31117013206375|CODABAR|31117013206375",
                "^B7N,6,3,5^FDPDF417 holds this, and that.|PDF_417|PDF417 holds this, and that.",
                "^B7R,6,3,5^FDTurned|PDF_417|Turned",
                "^BXN,5,200^FDData Matrix 42|DATA_MATRIX|Data Matrix 42",
                "^BXI,5,200,18,18^FDSized|DATA_MATRIX|Sized",
                "^BQN,2,5^FDQA,Quick response|QR_CODE|Quick response",
                "^BQN,2,5^FDHM,N0123456789,AABC-42|QR_CODE|0123456789ABC-42",
                "^BQN,2,5^FDLM,B0012Hello, world|QR_CODE|Hello, world",
                "^BON,5,N,0^FDAztec code|AZTEC|Aztec code",
                "^B0R,4,N,50^FDAztec turned|AZTEC|Aztec turned",
                "^BRN,1,3^FD0095011530038|RSS_14|00950115300383",
            })
    void readsBackFromThePrint(String field, BarcodeFormat format, String text) {
        assertThat(print(field).read(format)).isEqualTo(text);
    }

    @Test
    void readsMaxiCodeWithItsPostalPart() {
        String zpl = "^XA^FO60,60^BD2^FH^FD001840152382802_5B)>_1E01_1D961Z00004951_1DUPSN_1E_04^FS^XZ";

        assertThat(Print.of(zpl, new ZplOptions(600, 288, 432)).read(BarcodeFormat.MAXICODE))
                .contains("152382802", "840", "001", "1Z00004951");
    }

    @Test
    void marksGs1Symbols() {
        Print code128 = print("^BCN,80,Y,N,N^FD>;>80012345678901234567");
        Print matrix = print("^BXN,5,200,0,0,,_^FD_10109501101530003");

        assertThat(code128.result(BarcodeFormat.CODE_128)
                        .getResultMetadata()
                        .get(ResultMetadataType.SYMBOLOGY_IDENTIFIER))
                .isEqualTo("]C1");
        assertThat(matrix.result(BarcodeFormat.DATA_MATRIX)
                        .getResultMetadata()
                        .get(ResultMetadataType.SYMBOLOGY_IDENTIFIER))
                .isEqualTo("]d2");
    }

    @Test
    void drawsBarsAtExactDots() {
        Print.Ink bars =
                Print.of("^XA^BY3,3,80^FO50,60^BCN,100,N,N,N^FDA^FS^XZ").ink();

        assertThat(bars).isEqualTo(new Print.Ink(50, 60, 50 + 3 * 46, 160));
    }

    @Test
    void makesWideBarsByTheRatio() {
        Print.Ink narrow = Print.of("^XA^BY2,2^FO50,60^B3N,N,100,N^FDA^FS^XZ").ink();
        Print.Ink wide = Print.of("^XA^BY2,3^FO50,60^B3N,N,100,N^FDA^FS^XZ").ink();

        int wideElements = 9;
        assertThat(narrow.right() - narrow.left()).isEqualTo(2 * (3 * 6 + 2) + wideElements * 4);
        assertThat(wide.right() - wide.left()).isEqualTo(2 * (3 * 6 + 2) + wideElements * 6);
    }

    @Test
    void putsTheReadableLineOutsideTheBars() {
        Print below = Print.of("^XA^BY2^FO50,100^BCN,100,Y,N^FDABC^FS^XZ");
        Print above = Print.of("^XA^BY2^FO50,100^BCN,100,Y,Y^FDABC^FS^XZ");

        assertThat(below.ink().top()).isEqualTo(100);
        assertThat(below.blackDots(50, 203, 200, 225)).isPositive();
        assertThat(above.ink().bottom()).isEqualTo(200);
        assertThat(above.blackDots(50, 75, 200, 98)).isPositive();
    }

    @Test
    void refusesDataTheSymbolCannotHold() {
        assertThatThrownBy(() -> print("^BKN,N,80^FDnot codabar!"))
                .isInstanceOfSatisfying(
                        ZplException.class, e -> assertThat(e.code()).isEqualTo(ZplError.BARCODE_REFUSED))
                .hasMessageContaining("^BK")
                .hasMessageNotContaining("not codabar");
    }

    @Test
    void refusesDataThatIsOnlyAStartCode() {
        assertThatThrownBy(() -> print("^BCN,80,Y,N,N,A^FD>;"))
                .isInstanceOfSatisfying(
                        ZplException.class, e -> assertThat(e.code()).isEqualTo(ZplError.BARCODE_REFUSED));
    }

    @Test
    void refusesABarcodeItCannotDraw() {
        assertThatThrownBy(() -> print("^BTN,3,2,80^FD12345"))
                .isInstanceOfSatisfying(
                        ZplException.class, e -> assertThat(e.code()).isEqualTo(ZplError.UNSUPPORTED_CONTENT))
                .hasMessageContaining("^BT at ");
    }
}

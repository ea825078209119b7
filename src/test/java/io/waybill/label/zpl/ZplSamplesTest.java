package io.waybill.label.zpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.zxing.BarcodeFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samples by group of commands, each with a file that says what must come out: pages, size in dots, ink within a part of the
 * first page, what scans there, black and white dots, text, warnings.
 */
class ZplSamplesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "linear",
                "matrix",
                "graphics",
                "reverse",
                "formats",
                "orientation",
                "characters",
                "shipment"
            })
    void comesOutAsExpected(String sample) throws IOException {
        ZplDocument document = Zpl.render(resource(sample + ".zpl"), ZplOptions.FOUR_BY_SIX);
        Print print = Print.of(document, 203);
        String shown = text(document);

        for (String line : new String(resource(sample + ".expected"), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "pages" -> assertThat(document.pages()).isEqualTo(number(words, 1));
                case "size" -> size(print, words);
                case "ink" -> ink(print, words, line);
                case "reads" -> reads(print, line.split(" ", 7));
                case "black" ->
                    assertThat(print.black(number(words, 1), number(words, 2)))
                            .as(line)
                            .isTrue();
                case "white" ->
                    assertThat(print.black(number(words, 1), number(words, 2)))
                            .as(line)
                            .isFalse();
                case "shows" -> assertThat(shown).contains(line.substring(6));
                case "warns" -> assertThat(document.warnings()).anyMatch(w -> w.contains(line.substring(6)));
                default -> throw new AssertionError("unknown expectation: " + line);
            }
        }
    }

    private static void size(Print print, String[] words) {
        assertThat(print.page().getWidth()).isCloseTo(number(words, 1), within(1));
        assertThat(print.page().getHeight()).isCloseTo(number(words, 2), within(1));
    }

    /** Text may be a few dots off, boxes and bars may not: they end on whole dots anyway. */
    private static void ink(Print print, String[] words, String line) {
        Print.Ink ink = print.ink(number(words, 1), number(words, 2), number(words, 3), number(words, 4));
        assertThat(ink.left()).as(line).isCloseTo(number(words, 6), within(3));
        assertThat(ink.top()).as(line).isCloseTo(number(words, 7), within(3));
        assertThat(ink.right()).as(line).isCloseTo(number(words, 8), within(3));
        assertThat(ink.bottom()).as(line).isCloseTo(number(words, 9), within(3));
    }

    private static void reads(Print print, String[] words) {
        Print part = print.part(number(words, 1), number(words, 2), number(words, 3), number(words, 4));
        assertThat(part.read(BarcodeFormat.valueOf(words[5]))).isEqualTo(words[6]);
    }

    private static int number(String[] words, int index) {
        return Integer.parseInt(words[index]);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ZplSamplesTest.class.getResourceAsStream("/labels/zpl/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static String text(ZplDocument document) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(document.pdf())) {
            return new PDFTextStripper().getText(pdf);
        }
    }
}

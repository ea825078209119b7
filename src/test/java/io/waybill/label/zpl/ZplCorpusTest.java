package io.waybill.label.zpl;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real labels convert whole, and their barcodes scan. */
class ZplCorpusTest {
    private static final ZplOptions LARGE = new ZplOptions(203, 576, 576);

    @Test
    void convertsRealLabelsWhole() {
        List<Path> files = Corpus.files();
        int whole = 0;
        int withContent = 0;
        for (Path file : files) {
            try {
                ZplDocument document = Zpl.render(Corpus.read(file), ZplOptions.FOUR_BY_SIX);
                assertThat(Print.of(document, 50).pages())
                        .hasSize(document.pages())
                        .as("ink on each page of " + file.getFileName())
                        .allMatch(ZplCorpusTest::hasInk);
                whole++;
                withContent++;
                document.warnings().forEach(w -> System.out.println("  " + file.getFileName() + ": " + w));
            } catch (ZplException refused) {
                withContent += refused.code() == ZplError.NOTHING_TO_PRINT ? 0 : 1;
                System.out.println(
                        "refused " + file.getFileName() + ": " + refused.code() + ", " + refused.getMessage());
            }
        }
        System.out.printf(
                "ZPL fixtures: %d of %d convert whole, %d print something%n", whole, files.size(), withContent);
        assertThat(whole).isGreaterThanOrEqualTo((int) (0.95 * withContent));
    }

    private static boolean hasInk(BufferedImage page) {
        return IntStream.range(0, page.getHeight())
                .anyMatch(y -> IntStream.range(0, page.getWidth()).anyMatch(x -> (page.getRGB(x, y) & 255) < 255));
    }

    @Test
    @Tag("full")
    void everyBarcodeOfRealLabelsScans() {
        List<String> unread = unread(barcodes());
        unread.forEach(System.out::println);
        // A UPC-E number that has no short form.
        assertThat(unread).hasSizeLessThanOrEqualTo(1);
    }

    /** Rendering and reading all of them takes as long as all else here. */
    @Test
    void barcodesOfRealLabelsScan() {
        List<BarcodeField> all = barcodes();
        assertThat(unread(IntStream.range(0, all.size())
                        .filter(i -> i % 4 == 0)
                        .mapToObj(all::get)
                        .toList()))
                .hasSizeLessThanOrEqualTo(1);
    }

    /** Those that differ. */
    private static List<BarcodeField> barcodes() {
        Set<String> seen = new HashSet<>();
        return Corpus.files().stream()
                .flatMap(file -> BarcodeField.of(Corpus.read(file)).stream())
                .filter(field -> field.readable() && seen.add(field.alone()))
                .toList();
    }

    private static List<String> unread(List<BarcodeField> fields) {
        List<String> unread = fields.stream()
                .map(field -> field.command().where() + ": " + scan(field))
                .filter(problem -> !problem.endsWith(": "))
                .toList();
        System.out.printf("ZPL fixtures: %d barcodes scan, %d do not%n", fields.size() - unread.size(), unread.size());
        return unread;
    }

    private static String scan(BarcodeField field) {
        try {
            byte[] alone = field.alone().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            ZplDocument document = Zpl.render(alone, LARGE);
            String scanned = read(document, field);
            return field.matches(scanned) ? "" : "reads otherwise";
        } catch (ZplException refused) {
            return refused.code().code();
        } catch (AssertionError unreadable) {
            return unreadable.getMessage();
        }
    }

    /** At the printer's dots, else at three times as many: small modules are hard on the reader, not on a scanner. */
    private static String read(ZplDocument document, BarcodeField field) {
        try {
            return Print.of(document, 203).read(field.format());
        } catch (AssertionError tooSmall) {
            return Print.of(document, 3 * 203).read(field.format());
        }
    }
}

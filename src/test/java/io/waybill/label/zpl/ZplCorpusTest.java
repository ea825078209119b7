package io.waybill.label.zpl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
                assertThat(Print.of(document, 50).pages()).hasSize(document.pages());
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

    @Test
    void everyBarcodeOfRealLabelsScans() {
        List<String> unread = new ArrayList<>();
        int read = 0;
        Set<String> seen = new HashSet<>();
        for (Path file : Corpus.files()) {
            for (BarcodeField field : BarcodeField.of(Corpus.read(file))) {
                if (!field.readable() || !seen.add(field.alone())) {
                    continue;
                }
                String problem = scan(field);
                if (problem.isEmpty()) {
                    read++;
                } else {
                    unread.add(file.getFileName() + " " + field.command().where() + ": " + problem);
                }
            }
        }
        System.out.printf("ZPL fixtures: %d barcodes scan, %d do not%n", read, unread.size());
        unread.forEach(System.out::println);
        assertThat(unread.size()).isLessThanOrEqualTo(1);
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

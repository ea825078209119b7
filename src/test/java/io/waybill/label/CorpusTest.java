package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Carriers' real labels, where the folder with them is present (system property {@code waybill.shared}): each is converted
 * once, and several oracles look at the one result. Prints how many convert by kind. ZPL has a test of its own.
 */
class CorpusTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("waybill.shared", "../shared")).resolve("fixtures/labels");
    private static final Pattern PICTURE = Pattern.compile("src=\"\\./([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    /** One fixture and what became of it: a label or a reason. */
    private record Converted(String kind, String name, byte[] source, @Nullable LabelPdf label, String failure) {
        LabelPdf made() {
            return java.util.Objects.requireNonNull(label, name);
        }
    }

    private static final List<Converted> ALL = new ArrayList<>();

    @BeforeAll
    static void convertEachOnce() throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "No folder of carriers' labels: " + FOLDER);
        for (String kind : List.of("pdf", "gif", "png", "html")) {
            for (Path file : files(kind)) {
                ALL.add(converted(kind, file));
            }
        }
    }

    private static List<Path> files(String kind) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(kind))) {
            return files.sorted().toList();
        }
    }

    /** Pictures at their true size, pages on the label printer's. */
    private static Converted converted(String kind, Path file) throws IOException {
        String name = file.getFileName().toString();
        byte[] data = Files.readAllBytes(file);
        String size = kind.equals("html") ? "4x6in" : null;
        Map<String, byte[]> resources = kind.equals("html") ? siblings(data) : Map.of();
        try {
            LabelPdf label =
                    SharedLabels.get().convert(new LabelSource(data, kind, size, resources, LabelOptions.DEFAULTS));
            return new Converted(kind, name, data, label, "");
        } catch (LabelException e) {
            return new Converted(kind, name, data, null, name + ": " + e.code().code() + ": " + e.getMessage());
        }
    }

    /** The corpus keeps pages and pictures apart without their names: any carrier's GIF stands for the missing one. */
    private static Map<String, byte[]> siblings(byte[] html) throws IOException {
        byte[] gif = anyGif();
        Map<String, byte[]> siblings = new TreeMap<>();
        Matcher m = PICTURE.matcher(new String(html, StandardCharsets.ISO_8859_1));
        while (m.find()) {
            siblings.put(m.group(1), gif);
        }
        return siblings;
    }

    private static byte[] anyGif() throws IOException {
        return Files.readAllBytes(files("gif").get(0));
    }

    private static Stream<Converted> of(String... kinds) {
        return ALL.stream().filter(c -> List.of(kinds).contains(c.kind()));
    }

    @Test
    void convertsThemWhole() {
        for (String kind : List.of("pdf", "gif", "png", "html")) {
            long whole = of(kind).filter(c -> c.failure().isEmpty()).count();
            System.out.printf("labels: %d of %d %s convert whole%n", whole, of(kind).count(), kind);
        }

        assertThat(ALL).extracting(Converted::failure).containsOnly("");
    }

    @Test
    void everyPageHoldsInk() {
        for (Converted each : ALL) {
            for (int i = 0; i < each.made().pages(); i++) {
                assertThat(Reading.hasInk(Reading.page(each.made().bytes(), i, 36)))
                        .as(each.name() + ", page " + (i + 1))
                        .isTrue();
            }
        }
    }

    /** Rendered at the source's own pixels, so that any difference is ours. */
    @Test
    void everyPixelOfAPictureIsThere() {
        assertThat(of("gif", "png")).isNotEmpty().allSatisfy(each -> {
            BufferedImage source = plain(each.source());
            assertThat(Reading.difference(source, sameSize(each.made(), source)))
                    .as(each.name())
                    .isLessThan(1);
        });
    }

    @Test
    void everyBarcodeOfAPictureStillScans() {
        Zbar.assumeInstalled();
        long read = stillScan(Zbar::barcodes, of("gif", "png"));
        System.out.printf("labels: zbarimg reads %d barcodes of pictures before and after%n", read);
        assertThat(read).isPositive();
    }

    /** ZXing takes seconds to find all that is on one picture. */
    @Test
    @Tag("full")
    void everyBarcodeOfAPictureStillScansForZxing() {
        long read = stillScan(Reading::barcodes, of("gif", "png"));
        System.out.printf("labels: ZXing reads %d barcodes of pictures before and after%n", read);
        assertThat(read).isPositive();
    }

    @Test
    void barcodeOfAPictureStillScansForZxing() {
        assertThat(stillScan(image -> Set.of(Reading.code128(image)), of("gif").limit(1)))
                .isPositive();
    }

    private static long stillScan(Function<BufferedImage, Set<String>> scanner, Stream<Converted> pictures) {
        return pictures.mapToLong(each -> {
                    BufferedImage source = plain(each.source());
                    Set<String> before = scanner.apply(source);
                    assertThat(scanner.apply(sameSize(each.made(), source)))
                            .as(each.name())
                            .containsAll(before);
                    return before.stream().filter(code -> !code.isEmpty()).count();
                })
                .sum();
    }

    /** Turned, cropped and all. */
    @Test
    void everyBarcodeScansFromTheLabelPrintersPage() throws IOException {
        Zbar.assumeInstalled();
        for (Converted each : of("gif").toList()) {
            LabelPdf printed = SharedLabels.get().convert(LabelSource.of(each.source(), "gif", "4x6in"));
            assertThat(Zbar.barcodes(Reading.page(printed.bytes(), 0, 200)))
                    .as(each.name())
                    .containsAll(Zbar.barcodes(plain(each.source())));
        }
        Set<String> sibling = Zbar.barcodes(plain(anyGif()));
        for (Converted each : of("html").toList()) {
            boolean shown = !siblings(each.source()).isEmpty();
            assertThat(Zbar.barcodes(Reading.page(each.made().bytes(), 0, 200)))
                    .as(each.name())
                    .containsAll(shown ? sibling : Set.of());
        }
    }

    @Test
    void pagesHaveTheSizeAskedFor() {
        assertThat(of("html")).isNotEmpty().allSatisfy(each -> {
            assertThat(Math.abs(each.made().widthPt() - 288)).as(each.name()).isLessThanOrEqualTo(1);
            assertThat(Math.abs(each.made().heightPt() - 432)).as(each.name()).isLessThanOrEqualTo(1);
        });
    }

    @Test
    void pdfBytesAreUnchangedUnlessSomethingActed() {
        assertThat(of("pdf")).isNotEmpty().allSatisfy(each -> {
            boolean acted = each.made().warnings().stream().anyMatch(w -> w.startsWith("Active content was taken out"));
            assertThat(java.util.Arrays.equals(each.source(), each.made().bytes()))
                    .as(each.name())
                    .isEqualTo(!acted);
            assertThat(!acted || alike(each)).as(each.name()).isTrue();
        });
    }

    /** What was taken out left no trace on the page. */
    private static boolean alike(Converted each) {
        return Reading.difference(
                        Reading.page(each.source(), 0, 36),
                        Reading.page(each.made().bytes(), 0, 36))
                == 0;
    }

    private static BufferedImage sameSize(LabelPdf label, BufferedImage source) {
        return Reading.page(label.bytes(), 0, source.getWidth() * 72 / label.widthPt());
    }

    private static BufferedImage plain(byte[] picture) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
            BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
            plain.createGraphics().drawImage(image, 0, 0, null);
            return plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.waybill.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Carriers' real labels, where the folder with them is present (system property {@code waybill.shared}): every one of PDF, GIF,
 * PNG and HTML converts whole. Prints how many convert by kind.
 */
class CorpusTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("waybill.shared", "../shared")).resolve("fixtures/labels");
    private static final Pattern PICTURE = Pattern.compile("src=\"\\./([^\"]+)\"", Pattern.CASE_INSENSITIVE);
    private static Labels labels;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isDirectory(FOLDER), "No folder of carriers' labels: " + FOLDER);
        labels = new Labels(2);
    }

    @AfterAll
    static void stop() {
        if (labels != null) {
            labels.close();
        }
    }

    private static List<Path> files(String kind) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(kind))) {
            return files.sorted().toList();
        }
    }

    @Test
    void convertsThemWhole() throws IOException {
        Map<String, List<String>> failures = new TreeMap<>();
        for (String kind : List.of("pdf", "gif", "png", "html", "zpl")) {
            List<Path> files = files(kind);
            List<String> failed = files.stream()
                    .map(f -> failure(kind, f))
                    .filter(f -> !f.isEmpty())
                    .toList();
            System.out.printf("labels: %d of %d %s convert whole%n", files.size() - failed.size(), files.size(), kind);
            failed.forEach(f -> System.out.println("  " + f));
            failures.put(kind, failed);
        }

        assertThat(failures.get("pdf")).isEmpty();
        assertThat(failures.get("gif")).isEmpty();
        assertThat(failures.get("png")).isEmpty();
        assertThat(failures.get("html")).isEmpty();
    }

    private static String failure(String kind, Path file) {
        try {
            LabelPdf label = convert(file, kind, kind.equals("pdf") || kind.equals("zpl") ? null : "4x6in");
            for (int i = 0; i < label.pages(); i++) {
                if (!Reading.hasInk(Reading.page(label.bytes(), i, 36))) {
                    return file.getFileName() + ": no ink on page " + (i + 1);
                }
            }
            return "";
        } catch (LabelException e) {
            return file.getFileName() + ": " + e.code().code() + ": " + e.getMessage();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void keepsSizeBarcodesAndPixelsOfPictures() throws IOException {
        Path file = files("gif").get(0);
        byte[] data = Files.readAllBytes(file);
        BufferedImage source = ImageIO.read(new ByteArrayInputStream(data));

        LabelPdf label = labels.convert(LabelSource.of(data));
        LabelPdf turned = labels.convert(LabelSource.of(data, "gif", "4x6in"));

        assertThat(label.widthPt()).isCloseTo(504f, within(1f));
        assertThat(turned.heightPt()).isCloseTo(432f, within(1f));
        BufferedImage shown = Reading.page(label.bytes(), 0, 200);
        assertThat(Reading.difference(plain(source), shown)).isLessThan(1);
        assertThat(Reading.barcodes(Reading.page(turned.bytes(), 0, 200))).containsAll(Reading.barcodes(source));
    }

    private static BufferedImage plain(BufferedImage image) {
        BufferedImage plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        plain.createGraphics().drawImage(image, 0, 0, null);
        return plain;
    }

    private static LabelPdf convert(Path file, String kind, @Nullable String size) throws IOException {
        byte[] data = Files.readAllBytes(file);
        Map<String, byte[]> resources = kind.equals("html") ? siblings(data) : Map.of();
        return labels.convert(new LabelSource(data, kind, size, resources, LabelOptions.DEFAULTS));
    }

    /** The corpus keeps pages and pictures apart without their names: any carrier's GIF stands for the missing one. */
    private static Map<String, byte[]> siblings(byte[] html) throws IOException {
        byte[] gif = Files.readAllBytes(new ArrayList<>(files("gif")).get(0));
        Map<String, byte[]> siblings = new HashMap<>();
        Matcher m = PICTURE.matcher(new String(html, StandardCharsets.ISO_8859_1));
        while (m.find()) {
            siblings.put(m.group(1), gif);
        }
        return siblings;
    }
}

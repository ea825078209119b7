package io.waybill.label.zpl;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Another renderer draws the same labels nearly alike: grey of squares of 16 dots, so that another font's outlines weigh
 * little and a missing or shifted field much.
 */
@Tag("full")
class ZplPeerTest {
    private static final int SQUARE = 16;

    /** What the peer is known not to draw as printers do: these types of barcode, ^FT of shapes, thick circles. */
    private static final Pattern NOT_COMPARED =
            Pattern.compile("\\^B[13456789AKLMPRSUZ]|\\^BY\\d*\\s*\\^B7|\\^FT[^^]*\\^G[BC]|\\^GC|\\^A[V-Z@]|\\^DN|~DY");

    @Test
    void drawsAsThePeerDoes() throws Exception {
        Optional<Peer> peer = Peer.install();
        Assumptions.assumeTrue(peer.isPresent(), "zpl-renderer-js cannot be installed here: skipped");
        Path in = emptied(Path.of("target", "zpl-peer", "in").toAbsolutePath());
        Path out = emptied(Path.of("target", "zpl-peer", "out").toAbsolutePath());
        for (Path file : Corpus.files()) {
            Files.writeString(in.resolve(file.getFileName()), comparable(file));
        }
        peer.get().render(in, out);

        Map<String, Double> differences = differences(in, out);

        differences.forEach((name, d) -> System.out.printf("%6.2f %% %s%n", d, name));
        double mean =
                differences.values().stream().mapToDouble(d -> d).average().orElse(0);
        double worst = differences.values().stream().mapToDouble(d -> d).max().orElse(0);
        System.out.printf(
                "%d labels beside zpl-renderer-js: mean %.2f %%, worst %.2f %%%n", differences.size(), mean, worst);
        assertThat(differences).hasSizeGreaterThan(30);
        assertThat(mean).isLessThan(1.5);
        assertThat(worst).isLessThan(4);
    }

    /** The peer turns no label and centres a narrower one. */
    private static String comparable(Path file) {
        String zpl = new String(Corpus.read(file), StandardCharsets.UTF_8);
        return zpl.replace("^POI", "^PON").replaceAll("\\^(PW|LL)\\d+", "");
    }

    private static Map<String, Double> differences(Path in, Path out) throws IOException {
        Map<String, Double> differences = new TreeMap<>();
        for (File picture : Optional.ofNullable(out.toFile().listFiles()).orElse(new File[0])) {
            Path source = in.resolve(picture.getName().replace(".png", ""));
            String zpl = Files.readString(source);
            if (!NOT_COMPARED.matcher(zpl).find()) {
                differences.put(source.getFileName().toString(), difference(zpl, ImageIO.read(picture)));
            }
        }
        return differences;
    }

    private static double difference(String zpl, BufferedImage theirs) {
        byte[] bytes = zpl.getBytes(StandardCharsets.UTF_8);
        BufferedImage ours =
                Print.of(Zpl.render(bytes, ZplOptions.FOUR_BY_SIX), 203).page();
        int columns = Math.min(ours.getWidth(), theirs.getWidth()) / SQUARE;
        int rows = Math.min(ours.getHeight(), theirs.getHeight()) / SQUARE;
        double sum = 0;
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                sum += Math.abs(grey(ours, x, y) - grey(theirs, x, y));
            }
        }
        return 100 * sum / (columns * rows);
    }

    private static double grey(BufferedImage image, int column, int row) {
        int sum = 0;
        for (int y = row * SQUARE; y < (row + 1) * SQUARE; y++) {
            for (int x = column * SQUARE; x < (column + 1) * SQUARE; x++) {
                sum += image.getRGB(x, y) & 255;
            }
        }
        return sum / 255.0 / (SQUARE * SQUARE);
    }

    private static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (File file : Optional.ofNullable(folder.toFile().listFiles()).orElse(new File[0])) {
            Files.delete(file.toPath());
        }
        return folder;
    }
}

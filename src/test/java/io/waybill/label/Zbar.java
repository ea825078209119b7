package io.waybill.label;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/** A second scanner: the program zbarimg (Debian package zbar-tools), where it is installed. */
final class Zbar {
    private Zbar() {}

    static void assumeInstalled() {
        boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "zbarimg")));
        Assumptions.assumeTrue(found, "No zbarimg on the PATH (Debian package zbar-tools): skipped");
    }

    /** Type and text of each barcode on it, in any direction. */
    static Set<String> barcodes(BufferedImage image) {
        try {
            Path file = Files.createTempFile("waybill-label-", ".png");
            try {
                ImageIO.write(image, "png", file.toFile());
                return scan(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<String> scan(Path file) throws IOException {
        Process zbar = new ProcessBuilder("zbarimg", "--quiet", "--nodbus", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String found = new String(zbar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return found.lines().collect(Collectors.toCollection(TreeSet::new));
    }
}

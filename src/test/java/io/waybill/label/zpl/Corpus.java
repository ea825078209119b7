package io.waybill.label.zpl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real carrier labels, read where the folder is present, never copied into the project. */
final class Corpus {
    private Corpus() {}

    static Path folder() {
        return Path.of(System.getProperty("waybill.shared", "../shared"), "fixtures", "labels", "zpl");
    }

    static List<Path> files() {
        Assumptions.assumeTrue(Files.isDirectory(folder()), "no ZPL fixtures beside the project: skipped");
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(f -> f.toString().endsWith(".zpl")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

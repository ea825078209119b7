package io.waybill.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in the files, the reader answers with findings and never throws. */
class BundleReaderPropertyTest {
    private static final Settings NO_ENVIRONMENT = new Settings(name -> null);
    private static final BundleFiles PLANTED = BundleFiles.only(
            BundleFiles.of(Path.of("src/test/resources/bundles/planted"), true).own());
    private static final List<String> PATHS = List.copyOf(PLANTED.all().keySet());
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "\n",
            "\n  ",
            "'",
            "\"",
            "&a ",
            "*a",
            "!!x ",
            "|",
            ">",
            "? ",
            "# ",
            "\t",
            "{{env:X}}",
            "null",
            "~",
            "true",
            "1",
            "---\n",
            "%",
            "\u0000",
            "\uFEFF",
            "\uD83D\uDE00",
            "<<: *a");

    @Property(tries = 100)
    void neverThrowsOnMutatedFiles(@ForAll long seed) {
        Random random = new Random(seed);
        TreeMap<String, byte[]> files = new TreeMap<>(PLANTED.all());
        for (int i = 0; i < 6; i++) {
            String path = PATHS.get(random.nextInt(PATHS.size()));
            files.put(path, mutated(new String(files.get(path), UTF_8), random).getBytes(UTF_8));
        }
        assertThat(read(files).findings()).isNotEmpty();
    }

    @Property(tries = 100)
    void neverThrowsOnText(@ForAll("texts") String text) {
        TreeMap<String, byte[]> files = new TreeMap<>();
        for (String path : PATHS) {
            files.put(path, text.getBytes(UTF_8));
        }
        assertThat(read(files).findings()).isNotEmpty();
    }

    @Property(tries = 100)
    void neverThrowsOnBytes(@ForAll byte[] bytes) {
        assertThat(read(new TreeMap<>(Map.of("channels/a.yaml", bytes))).findings())
                .isNotEmpty();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                        Arbitraries.of(PIECES), Arbitraries.strings().alpha().ofMaxLength(5))
                .list()
                .ofMaxSize(40)
                .map(pieces -> String.join("", pieces));
    }

    private static String mutated(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from);
            default -> text.substring(0, from) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(from);
        };
    }

    private static Reading read(TreeMap<String, byte[]> files) {
        return BundleReader.read(BundleFiles.only(files), NO_ENVIRONMENT);
    }
}

package io.waybill.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A folder full of mistakes. Each stands on its own line, which says so at its end: {@code # !code} is an error, {@code #
 * ?code} a warning, {@code :0} after it one about the whole file. Nothing else may be found.
 */
class PlantedMistakesTest {
    private static final Pattern MARK = Pattern.compile("(?<=[# ])([!?])([a-z0-9-]+)(:0)?(?= |$)");
    private static final Settings ENVIRONMENT = new Settings(name -> name.equals("TOKEN") ? "t" : null);

    private final BundleFiles files = BundleFiles.only(
            BundleFiles.of(Path.of("src/test/resources/bundles/planted"), true).own());
    private final Reading reading = BundleReader.read(files, ENVIRONMENT);

    @Test
    void findsEachAtItsLine() {
        List<String> planted = planted();
        assertThat(planted).hasSizeGreaterThanOrEqualTo(40);
        assertThat(reading.findings().stream().map(PlantedMistakesTest::mark))
                .containsExactlyInAnyOrderElementsOf(planted);
        assertThat(reading.bundle()).isNull();
    }

    @Test
    void saysWhatToDo() {
        assertThat(reading.findings()).allSatisfy(finding -> {
            assertThat(finding.message()).isNotBlank();
            assertThat(finding.fix()).isNotBlank();
        });
    }

    @Test
    void repeatsNoSecret() {
        assertThat(reading.findings()).noneMatch(finding -> finding.toString().contains("hunter2"));
    }

    private List<String> planted() {
        List<String> marks = new ArrayList<>();
        files.all().keySet().forEach(path -> {
            List<String> lines = files.text(path).orElseThrow().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int comment = lines.get(i).lastIndexOf("# ");
                if (comment >= 0) {
                    int line = i + 1;
                    MARK.matcher(lines.get(i).substring(comment))
                            .results()
                            .forEach(mark -> marks.add(mark(path, line, mark)));
                }
            }
        });
        return marks;
    }

    private static String mark(String path, int line, MatchResult mark) {
        return path + ":" + (mark.group(3) == null ? line : 0) + " " + mark.group(1) + mark.group(2);
    }

    private static String mark(Finding finding) {
        return finding.file() + ":" + finding.line() + " " + (finding.refuses() ? "!" : "?") + finding.code();
    }
}

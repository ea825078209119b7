package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
    @TempDir
    private Path folder;

    private final FolderFiles patient = new FolderFiles(Duration.ofHours(1));
    private final FolderFiles hasty = new FolderFiles(Duration.ZERO);

    @Test
    void takesAFileThatIsWhole() throws IOException {
        put("a.json", "{\"type\": \"order\"}");

        assertThat(names(patient.ready(folder))).containsExactly("a.json");
    }

    @Test
    void leavesAFileThatIsStillGrowing() throws IOException {
        put("a.json", "[{\"type\": \"order\"}, {\"ty");
        assertThat(patient.ready(folder)).isEmpty();

        put("a.json", "[{\"type\": \"order\"}, {\"type\": \"order\"}]");
        assertThat(names(patient.ready(folder))).containsExactly("a.json");
    }

    @Test
    void givesUpOnAFileThatDoesNotReadAndDoesNotGrow() throws IOException {
        put("a.json", "not JSON");

        assertThat(hasty.ready(folder)).isEmpty();
        assertThat(names(hasty.ready(folder))).containsExactly("a.json");
    }

    @Test
    void readsNoTemporaryFilesNoLinksAndNoFolders() throws IOException {
        put(".a.json", "{}");
        put("~b.json", "{}");
        put("c.json.tmp", "{}");
        Files.createDirectory(folder.resolve("d.json"));
        Files.createSymbolicLink(folder.resolve("e.json"), put("elsewhere.txt", "{}"));

        assertThat(patient.ready(folder)).isEmpty();
    }

    @Test
    void leavesAFileThatWasWrittenAnewSinceItWasRead() throws IOException {
        put("a.json", "{}");
        FolderFiles.Ready read = patient.ready(folder).get(0);
        put("a.json", "{\"type\": \"order\"}");

        patient.done(read);

        assertThat(folder.resolve("a.json")).exists();
    }

    @Test
    void overwritesNothingThatIsDone() throws IOException {
        for (String text : List.of("{\"n\": 1}", "{\"n\": 2}")) {
            put("a.json", text);
            patient.done(patient.ready(folder).get(0));
        }

        assertThat(folder.resolve("done/a.json")).hasContent("{\"n\": 1}");
        assertThat(folder.resolve("done/a-2.json")).hasContent("{\"n\": 2}");
    }

    @Test
    void putsTheReasonBesideAFileThatFailed() throws IOException {
        put("a.json", "{}");

        patient.failed(patient.ready(folder).get(0), "no event");

        assertThat(folder.resolve("failed/a.json.error.txt")).hasContent("no event");
    }

    @Test
    void leavesNothingHalfWritten() throws IOException {
        FolderFiles.write(folder, "a.json", "old".getBytes(UTF_8));
        FolderFiles.write(folder, "a.json", "new".getBytes(UTF_8));

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("a.json"));
        }
        assertThat(folder.resolve("a.json")).hasContent("new");
    }

    private Path put(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> names(List<FolderFiles.Ready> files) {
        return files.stream().map(file -> file.path().getFileName().toString()).toList();
    }
}

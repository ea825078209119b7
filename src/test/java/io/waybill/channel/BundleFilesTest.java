package io.waybill.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFilesTest {
    @TempDir
    private Path folder;

    @Test
    void takesWhatIsReadAndNothingElse() throws IOException {
        write("channels/shop.yaml", "a");
        write("channels/shop.yaml~", "a");
        write("channels/.shop.yaml.swp", "a");
        write("channels/.hidden/x.yaml", "a");
        write("channels/4913", "a");
        write("README.md", "a");
        write("connectors/toy/map.jslt", "a");
        assertThat(snapshot().own().keySet()).containsExactly("channels/shop.yaml", "connectors/toy/map.jslt");
    }

    @Test
    void leavesTheSandboxOutWhenTold() throws IOException {
        write("sandbox/channels/store.yaml", "a");
        assertThat(BundleFiles.of(folder, true).own()).hasSize(1);
        assertThat(BundleFiles.of(folder, false).own()).isEmpty();
    }

    @Test
    void fillsUpWithWhatIsShipped() throws IOException {
        write("connectors/http/connector.yaml", "mine");
        BundleFiles files = snapshot();
        assertThat(files.text("connectors/http/connector.yaml")).contains("mine");
        assertThat(files.text("connectors/file/connector.yaml")).isPresent();
        assertThat(files.own()).hasSize(1);
    }

    @Test
    void sameFilesSameHashWhereverTheyComeFrom() throws IOException {
        write("channels/a.yaml", "x");
        BundleFiles first = snapshot();
        assertThat(BundleFiles.of(first.own()).hash()).isEqualTo(first.hash());
        write("channels/a.yaml", "y");
        assertThat(snapshot().hash()).isNotEqualTo(first.hash());
        assertThat(snapshot().changedSince(first)).containsExactly("channels/a.yaml");
    }

    @Test
    void contentMovedToAnotherPathIsAnotherHash() {
        byte[] x = "x".getBytes(UTF_8);
        assertThat(BundleFiles.of(Map.of("channels/a.yaml", x)).hash())
                .isNotEqualTo(BundleFiles.of(Map.of("channels/b.yaml", x)).hash());
    }

    @Test
    void aMissingFolderIsRefused() {
        Reading reading = BundleReader.read(BundleFiles.of(folder.resolve("gone"), true));
        assertThat(reading.bundle()).isNull();
        assertThat(reading.errors()).extracting(Finding::code).contains("routes-unreadable");
    }

    @Test
    void anOversizedFileIsRefused() throws IOException {
        write("channels/a.yaml", "#".repeat(FolderWalk.MAX_BYTES + 1));
        assertThat(BundleReader.read(snapshot()).errors())
                .extracting(Finding::code)
                .containsExactly("file-too-large");
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        write("channels/a.yaml", "");
        Files.write(folder.resolve("channels/a.yaml"), new byte[] {(byte) 0xC3, 0x28});
        assertThat(BundleReader.read(snapshot()).errors())
                .extracting(Finding::code)
                .containsExactly("not-utf8");
    }

    @Test
    void followsLinksAsMountedConfigurationHasThem() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("..data/channels"));
        Files.writeString(elsewhere.resolve("a.yaml"), "x");
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.createSymbolicLink(routes.resolve("channels"), elsewhere);
        assertThat(BundleFiles.of(routes, true).own()).containsOnlyKeys("channels/a.yaml");
    }

    @Test
    void aLinkInACircleIsRefusedNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("again"), folder);
        assertThat(BundleReader.read(snapshot()).errors())
                .extracting(Finding::code)
                .containsExactly("routes-unreadable");
    }

    private BundleFiles snapshot() {
        return BundleFiles.of(folder, true);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

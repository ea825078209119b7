package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.camel.DeploymentStatus.Refusal;
import io.waybill.channel.BundleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class DeploymentsTest {
    private static final Duration QUIET = Duration.ofMillis(100);

    @TempDir
    Path home;

    private final RoutesFixture routes = new RoutesFixture();
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private Path folder;
    private Deployments deployments;

    @BeforeEach
    void prepare() throws IOException {
        folder = home.resolve("routes");
        save("ops/greet.camel.yaml", answering("greet", "old"));
        deployments = deployments(true);
    }

    private Deployments deployments(boolean watch) {
        return new Deployments(
                new CamelSettings(folder, true, watch, QUIET, false),
                () -> BundleFiles.withoutShipped(folder, true),
                routes.generations,
                events::add,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        deployments.stop();
        routes.close();
    }

    private void save(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Refusal awaitRefusal() {
        Eventually.holds(() -> deployments.status().refusal() != null);
        return deployments.status().refusal();
    }

    @Test
    void servesTheFolderOnceStarted() {
        deployments.start();

        assertThat(routes.ask("direct:greet")).isEqualTo("old");
        assertThat(deployments.status().hash())
                .isEqualTo(routes.generations.bundle().hash());
    }

    @Test
    void takesASavedEditLive() throws IOException {
        deployments.start();
        save("ops/greet.camel.yaml", answering("greet", "new"));

        Eventually.holds(() -> routes.ask("direct:greet").equals("new"));
    }

    @Test
    void dropsADeletedFile() throws IOException {
        save("ops/more.camel.yaml", answering("more", "1"));
        deployments.start();
        Files.delete(folder.resolve("ops/more.camel.yaml"));

        Eventually.holds(() -> routes.generations.bundle().routeFiles().stream()
                .noneMatch(file -> file.path().equals("ops/more.camel.yaml")));
        assertThat(routes.ask("direct:greet")).isEqualTo("old");
    }

    @Test
    void refusesABrokenEditAndSaysWhere() throws IOException {
        deployments.start();
        save("ops/greet.camel.yaml", "- route:\n    id: \"greet\"\n    from:\n      uri: \"direct:gre");

        Refusal refusal = awaitRefusal();
        assertThat(refusal.findings()).anySatisfy(finding -> {
            assertThat(finding.file()).isEqualTo("ops/greet.camel.yaml");
            assertThat(finding.line()).isEqualTo(4);
        });
        assertThat(deployments.status().drift()).isTrue();
        assertThat(routes.ask("direct:greet")).isEqualTo("old");
    }

    @Test
    void forgetsTheRefusalOnceTheFileIsMended() throws IOException {
        deployments.start();
        save("ops/greet.camel.yaml", "- route: [");
        awaitRefusal();
        save("ops/greet.camel.yaml", answering("greet", "mended"));

        Eventually.holds(() -> deployments.status().refusal() == null);
        assertThat(routes.ask("direct:greet")).isEqualTo("mended");
    }

    @Test
    void forgetsTheRefusalOnceTheEditIsTakenBack() throws IOException {
        deployments.start();
        save("ops/greet.camel.yaml", "- route: [");
        awaitRefusal();
        save("ops/greet.camel.yaml", answering("greet", "old"));

        Eventually.holds(() ->
                deployments.status().refusal() == null && !deployments.status().drift());
    }

    @Test
    void keepsServingWhenTheFolderIsDeletedAndFollowsItWhenItIsBack() throws IOException {
        deployments.start();
        FileSystemUtils.deleteRecursively(folder);
        awaitRefusal();
        assertThat(routes.ask("direct:greet")).isEqualTo("old");

        save("ops/greet.camel.yaml", answering("greet", "back"));
        Eventually.holds(() -> routes.ask("direct:greet").equals("back"));
    }

    @Test
    void switchesOnceForAThousandRapidSaves() throws IOException {
        deployments.start();
        for (int save = 1; save <= 1000; save++) {
            save("ops/greet.camel.yaml", answering("greet", Integer.toString(save)));
        }

        Eventually.holds(() -> routes.ask("direct:greet").equals("1000"));
        assertThat(events).hasSizeLessThan(20);
    }

    @Test
    void doesNotProposeWhatWasRolledBack() throws IOException {
        deployments.start();
        save("ops/greet.camel.yaml", answering("greet", "new"));
        Eventually.holds(() -> routes.ask("direct:greet").equals("new"));

        deployments.rollback();
        assertThat(routes.ask("direct:greet")).isEqualTo("old");
        assertThat(deployments.status().drift()).isTrue();

        save("ops/note.txt", "touched, and another hash");
        Eventually.holds(() -> routes.ask("direct:greet").equals("new"));
    }

    @Test
    void reloadsOnDemandAndTellsWhenNothingChanged() throws IOException {
        deployments = deployments(false);
        deployments.start();
        assertThat(deployments.reload()).isInstanceOf(Outcome.Unchanged.class);
        save("ops/greet.camel.yaml", answering("greet", "new"));

        assertThat(deployments.reload()).isInstanceOf(Outcome.Switched.class);
        assertThat(routes.ask("direct:greet")).isEqualTo("new");
    }

    @Test
    void refusesToStartOnABrokenFolderListingEveryMistake() throws IOException {
        save("ops/a.camel.yaml", "- route: [");
        save("ops/b.camel.yaml", "");

        assertThatThrownBy(deployments::start)
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageContainingAll("ops/a.camel.yaml:1", "ops/b.camel.yaml");
    }

    @Test
    void writesAnEditAndServesIt() throws IOException {
        deployments = deployments(false);
        deployments.start();
        Outcome outcome = deployments.edit(edit("ops/greet.camel.yaml", answering("greet", "new")));

        assertThat(outcome).isInstanceOf(Outcome.Switched.class);
        assertThat(routes.ask("direct:greet")).isEqualTo("new");
        assertThat(folder.resolve("ops/greet.camel.yaml")).hasContent(answering("greet", "new"));
        assertThat(folder.resolve("ops")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void writesNothingOfAnEditThatWouldBeRefused() {
        deployments = deployments(false);
        deployments.start();
        Outcome outcome = deployments.edit(edit("ops/greet.camel.yaml", "- route: [\n"));

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(folder.resolve("ops/greet.camel.yaml")).hasContent(answering("greet", "old"));
        assertThat(deployments.status().refusal()).isNull();
        assertThat(routes.ask("direct:greet")).isEqualTo("old");
    }

    @Test
    void putsBackAnEditThatCannotStart() {
        deployments = deployments(false);
        deployments.start();
        Outcome outcome = deployments.edit(
                edit("ops/more.camel.yaml", answering("more", "1").replace("direct:more", "nonsense:more")));

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(folder.resolve("ops/more.camel.yaml")).doesNotExist();
        assertThat(deployments.status().drift()).isFalse();
        assertThat(routes.ask("direct:greet")).isEqualTo("old");
    }

    @Test
    void takesAFileAway() throws IOException {
        save("ops/more.camel.yaml", answering("more", "1"));
        deployments = deployments(false);
        deployments.start();
        Map<String, byte[]> files = new HashMap<>();
        files.put("ops/more.camel.yaml", null);

        assertThat(deployments.edit(files)).isInstanceOf(Outcome.Switched.class);
        assertThat(folder.resolve("ops/more.camel.yaml")).doesNotExist();
    }

    @Test
    void bringsNothingBackThatWasRolledBack() throws IOException {
        deployments = deployments(false);
        deployments.start();
        save("ops/greet.camel.yaml", answering("greet", "new"));
        deployments.reload();
        deployments.rollback();

        assertThatThrownBy(() -> deployments.edit(edit("ops/more.camel.yaml", answering("more", "1"))))
                .hasMessageContaining("rolled back");
        assertThat(folder.resolve("ops/more.camel.yaml")).doesNotExist();
    }

    @Test
    void refusesAFileThatIsALink() throws IOException {
        deployments = deployments(false);
        deployments.start();
        Path kept = Files.writeString(home.resolve("kept.yaml"), answering("more", "1"));
        Files.createSymbolicLink(folder.resolve("ops/more.camel.yaml"), kept);

        assertThatThrownBy(() -> deployments.edit(edit("ops/more.camel.yaml", answering("more", "2"))))
                .hasMessageContaining("read-only");
        assertThat(kept).hasContent(answering("more", "1"));
    }

    private static Map<String, byte[]> edit(String path, String text) {
        return Map.of(path, text.getBytes(UTF_8));
    }
}

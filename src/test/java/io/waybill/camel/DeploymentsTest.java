package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.camel.DeploymentStatus.Refusal;
import io.waybill.channel.Finding;
import io.waybill.ledger.DeploymentLog;
import io.waybill.ledger.DeploymentLog.Accepted;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    @TempDir
    Path home;

    private RoutesFixture routes = new RoutesFixture();
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private Path folder;
    private Deployments deployments;

    @BeforeEach
    void prepare() throws IOException {
        TestNode.forgetAll();
        folder = home.resolve("routes");
        save("ops/greet.camel.yaml", answering("greet", "old"));
        deployments = deployments(true);
    }

    private Deployments deployments(boolean watch) {
        return new TestNode("here", folder, routes).deployments(watch, events::add);
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

        deployments.rollback("ada");
        assertThat(routes.ask("direct:greet")).isEqualTo("old");
        assertThat(deployments.status().drift()).isTrue();

        save("ops/note.txt", "touched, and another hash");
        Eventually.holds(() -> routes.ask("direct:greet").equals("new"));
    }

    @Test
    void reloadsOnDemandAndTellsWhenNothingChanged() throws IOException {
        deployments = deployments(false);
        deployments.start();
        assertThat(deployments.reload("ada")).isInstanceOf(Outcome.Unchanged.class);
        save("ops/greet.camel.yaml", answering("greet", "new"));

        assertThat(deployments.reload("ada")).isInstanceOf(Outcome.Switched.class);
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
        Outcome outcome = deployments.edit(edit("ops/greet.camel.yaml", answering("greet", "new")), "ada");

        assertThat(outcome).isInstanceOf(Outcome.Switched.class);
        assertThat(routes.ask("direct:greet")).isEqualTo("new");
        assertThat(folder.resolve("ops/greet.camel.yaml")).hasContent(answering("greet", "new"));
        assertThat(folder.resolve("ops")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void writesNothingOfAnEditThatWouldBeRefused() {
        deployments = deployments(false);
        deployments.start();
        Outcome outcome = deployments.edit(edit("ops/greet.camel.yaml", "- route: [\n"), "ada");

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
                edit("ops/more.camel.yaml", answering("more", "1").replace("direct:more", "nonsense:more")), "ada");

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

        assertThat(deployments.edit(files, "ada")).isInstanceOf(Outcome.Switched.class);
        assertThat(folder.resolve("ops/more.camel.yaml")).doesNotExist();
    }

    @Test
    void bringsNothingBackThatWasRolledBack() throws IOException {
        deployments = deployments(false);
        deployments.start();
        save("ops/greet.camel.yaml", answering("greet", "new"));
        deployments.reload("ada");
        deployments.rollback("ada");

        assertThatThrownBy(() -> deployments.edit(edit("ops/more.camel.yaml", answering("more", "1")), "ada"))
                .hasMessageContaining("rolled back");
        assertThat(folder.resolve("ops/more.camel.yaml")).doesNotExist();
    }

    @Test
    void refusesAFileThatIsALink() throws IOException {
        deployments = deployments(false);
        deployments.start();
        Path kept = Files.writeString(home.resolve("kept.yaml"), answering("more", "1"));
        Files.createSymbolicLink(folder.resolve("ops/more.camel.yaml"), kept);

        assertThatThrownBy(() -> deployments.edit(edit("ops/more.camel.yaml", answering("more", "2")), "ada"))
                .hasMessageContaining("read-only");
        assertThat(kept).hasContent(answering("more", "1"));
    }

    /** The same server once more. */
    private void startAgain() {
        deployments.stop();
        routes.close();
        routes = new RoutesFixture();
        deployments = deployments(true);
        deployments.start();
    }

    @Test
    void servesTheAcceptedVersionWhenTheFolderBrokeMeanwhile() throws IOException {
        deployments.start();
        deployments.stop();
        save("ops/greet.camel.yaml", "- route: [");
        startAgain();

        assertThat(routes.ask("direct:greet")).isEqualTo("old");
        assertThat(deployments.status().drift()).isTrue();
        assertThat(awaitRefusal().findings()).extracting(Finding::file).contains("ops/greet.camel.yaml");
    }

    @Test
    void remembersOverARestartWhyTheFolderWasRefused() throws IOException {
        deployments.start();
        save("ops/greet.camel.yaml", "- route: [");
        Eventually.holds(() -> events.stream().anyMatch(Outcome.Refused.class::isInstance));
        events.clear();
        startAgain();

        assertThat(deployments.status().refusal()).isNotNull();
        assertThat(events).as("not proposed again").noneMatch(Outcome.Refused.class::isInstance);
    }

    @Test
    void takesTheFolderThatChangedMeanwhileLive() throws IOException {
        deployments.start();
        deployments.stop();
        save("ops/greet.camel.yaml", answering("greet", "new"));
        startAgain();

        assertThat(routes.ask("direct:greet")).isEqualTo("new");
        assertThat(deployments.status().id()).isEqualTo(2);
    }

    @Test
    void servesTheAcceptedVersionWhenTheFolderIsEmptyAtAStart() throws IOException {
        save("channels/shop.yaml", "connector: shop\ntitle: Shop\nrole: marketplace\n");
        save("connectors/shop/connector.yaml", "name: shop\ntitle: Shop\ncontract: 1\n");
        deployments.start();
        deployments.stop();
        FileSystemUtils.deleteRecursively(folder);
        startAgain();

        assertThat(deployments.status().refusal().findings())
                .extracting(Finding::code)
                .containsExactly("routes-folder-empty");
        assertThat(routes.ask("direct:greet")).isEqualTo("old");
    }

    @Test
    void doesNotBringBackOverARestartWhatWasRolledBack() throws IOException {
        deployments.start();
        save("ops/greet.camel.yaml", answering("greet", "new"));
        Eventually.holds(() -> routes.ask("direct:greet").equals("new"));
        deployments.rollback("ada");
        startAgain();

        assertThat(routes.ask("direct:greet")).isEqualTo("old");
        assertThat(deployments.status().drift()).isTrue();
    }

    @Test
    void keepsWhoDeployedWhatAndWhen() throws IOException {
        deployments = deployments(false);
        deployments.start();
        save("ops/greet.camel.yaml", answering("greet", "new"));
        deployments.reload("ada");
        deployments.rollback("grace");

        List<Accepted> log =
                new DeploymentLog(TestNode.DATABASE.dataSource()).list(null, 10).items();
        assertThat(log).extracting(Accepted::by).containsExactly("grace", "ada", "start");
        assertThat(log).extracting(Accepted::via).containsExactly("rollback", "reload", "start");
        assertThat(log.get(0).restores()).isEqualTo(1);
        assertThat(log.get(0).bundle()).isEqualTo(log.get(2).bundle());
        assertThat(log.get(1).changes()).contains("ops/greet.camel.yaml", "changed", "\"added\":1,\"removed\":1");
    }

    @Test
    void goesBackToAnyVersionThatWasAccepted() throws IOException {
        deployments = deployments(false);
        deployments.start();
        for (String answer : List.of("2", "3", "4")) {
            save("ops/greet.camel.yaml", answering("greet", answer));
            deployments.reload("ada");
        }

        assertThat(deployments.rollback(2, "ada")).isInstanceOf(Outcome.Switched.class);
        assertThat(routes.ask("direct:greet")).isEqualTo("2");
        assertThat(deployments.rollback(2, "ada")).isInstanceOf(Outcome.Unchanged.class);
        assertThatThrownBy(() -> deployments.rollback(99, "ada")).hasMessageContaining("99");
    }

    @Test
    void keepsServingTheOldVersionWhenTheNewOneCannotBeWrittenDown() throws IOException {
        deployments = deployments(false);
        deployments.start();
        save("ops/greet.camel.yaml", answering("greet", "new"));
        TestNode.refuseDeployments(true);
        try {
            assertThatThrownBy(() -> deployments.reload("ada")).isInstanceOf(WaybillException.class);
            assertThat(routes.ask("direct:greet")).isEqualTo("old");
        } finally {
            TestNode.refuseDeployments(false);
        }
        assertThat(deployments.reload("ada")).isInstanceOf(Outcome.Switched.class);
    }

    private static Map<String, byte[]> edit(String path, String text) {
        return Map.of(path, text.getBytes(UTF_8));
    }
}

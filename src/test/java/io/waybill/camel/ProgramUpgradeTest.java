package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.channel.Finding;
import io.waybill.ledger.DeploymentLog;
import io.waybill.ledger.DeploymentLog.Accepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program changes under an accepted version: another release ships other files. */
class ProgramUpgradeTest {
    private static final Map<String, byte[]> OLD = shipped("hello", "1.0");
    private static final Map<String, byte[]> NEW = shipped("hello", "2.0");

    /** This release brings a route of its own under a name that ops took long ago. */
    private static final Map<String, byte[]> CLASHING = shipped("greet", "2.0");

    @TempDir
    Path folder;

    private RoutesFixture routes;
    private Deployments deployments;

    private static Map<String, byte[]> shipped(String name, String answer) {
        return Map.of("flow/shipped.camel.yaml", answering(name, answer).getBytes(UTF_8));
    }

    @BeforeEach
    void firstRelease() throws IOException {
        TestNode.forgetAll();
        save("ops/greet.camel.yaml", answering("greet", "ours"));
        start(OLD);
    }

    @AfterEach
    void close() {
        deployments.stop();
        routes.close();
    }

    private void start(Map<String, byte[]> shipped) {
        routes = new RoutesFixture();
        deployments = new TestNode("here", folder, routes, shipped).deployments(false, event -> {});
        deployments.start();
    }

    private void upgrade(Map<String, byte[]> shipped) {
        close();
        start(shipped);
    }

    private void save(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<Accepted> versions() {
        return new DeploymentLog(TestNode.DATABASE.dataSource()).list(null, 10).items();
    }

    @Test
    void theAcceptedFilesServeOverWhatTheNewReleaseShips() {
        upgrade(NEW);

        assertThat(routes.ask("direct:hello")).isEqualTo("2.0");
        assertThat(routes.ask("direct:greet")).isEqualTo("ours");
        assertThat(versions()).extracting(Accepted::via).containsExactly("upgrade", "start");
        assertThat(deployments.status().drift()).isFalse();
    }

    @Test
    void theSameReleaseAgainIsNoNewVersion() {
        upgrade(OLD);

        assertThat(versions()).extracting(Accepted::via).containsExactly("start");
    }

    @Test
    void aFolderThatWasMendedForTheNewReleaseServesInstead() throws IOException {
        close();
        Files.delete(folder.resolve("ops/greet.camel.yaml"));
        save("ops/welcome.camel.yaml", answering("welcome", "ours"));
        start(CLASHING);

        assertThat(routes.ask("direct:greet")).isEqualTo("2.0");
        assertThat(routes.ask("direct:welcome")).isEqualTo("ours");
        assertThat(versions()).hasSize(2);
    }

    @Test
    void aStartThatCanServeNeitherEndsWithTheMistakeByName() {
        close();
        assertThatThrownBy(() -> start(CLASHING))
                .isInstanceOfSatisfying(DeploymentRefused.class, refused -> assertThat(refused.findings())
                        .extracting(Finding::code)
                        .contains("route-id-duplicate"));
        assertThat(versions()).as("what was accepted stays").hasSize(1);
    }

    /** A name that begins with WAYBILL_ may be set by the command line too: as a system property. */
    @Test
    void aSecretThatIsGoneStopsItsChannelAndNotTheServer() throws IOException {
        save(
                "connectors/shop/connector.yaml",
                "name: shop\ntitle: Shop\ncontract: 1\nsettings:\n  key: { type: text, secret: true }\n");
        save(
                "channels/shop.yaml",
                "connector: shop\ntitle: Shop\nrole: marketplace\nsettings: { key: \"{{env:WAYBILL_TEST_KEY}}\" }\n");
        System.setProperty("WAYBILL_TEST_KEY", "secret");
        deployments.reload("ada");
        System.clearProperty("WAYBILL_TEST_KEY");

        upgrade(OLD);

        assertThat(routes.ask("direct:greet")).isEqualTo("ours");
        assertThat(routes.generations.bundle().channels()).containsKey("shop");
        assertThat(versions()).extracting(Accepted::via).containsExactly("reload", "start");
        save("ops/greet.camel.yaml", answering("greet", "edited"));
        deployments.reload("ada");
        assertThat(routes.ask("direct:greet")).as("an edit still wants it").isEqualTo("ours");
    }
}

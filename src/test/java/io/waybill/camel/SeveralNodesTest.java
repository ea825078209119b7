package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.channel.Finding;
import io.waybill.ledger.Nodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers on one PostgreSQL, each with a folder of its own. */
class SeveralNodesTest {
    @TempDir
    Path home;

    private Server one;
    private Server two;

    /** One of them; {@code beans} are what its machine has and the other's may lack. */
    private final class Server implements AutoCloseable {
        private final RoutesFixture routes;
        private final Path folder;
        private final Deployments deployments;

        Server(String name, Map<String, Object> beans) throws IOException {
            routes = new RoutesFixture(beans);
            folder = home.resolve(name);
            deployments = new TestNode(name, folder, routes).deployments(true, event -> {});
            save("ops/greet.camel.yaml", answering("greet", "old"));
        }

        Server started() {
            deployments.start();
            return this;
        }

        void save(String path, String text) throws IOException {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }

        boolean answers(String text) {
            return routes.ask("direct:greet").equals(text);
        }

        DeploymentStatus status() {
            return deployments.status();
        }

        @Override
        public void close() {
            deployments.stop();
            routes.close();
        }
    }

    public static final class Tool {
        public String work() {
            return "done";
        }
    }

    @BeforeEach
    void start() throws IOException {
        TestNode.forgetAll();
        one = new Server("one", Map.of("tool", new Tool())).started();
        two = new Server("two", Map.of()).started();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    @Test
    void bothServeWhatOneFoldersEditBrought() throws IOException {
        one.save("ops/greet.camel.yaml", answering("greet", "new"));

        Eventually.holds(() -> one.answers("new") && two.answers("new"));
        Eventually.holds(() -> one.status().id() == two.status().id());
        assertThat(one.status().drift()).isFalse();
        assertThat(two.status().drift()).as("its folder was left behind").isTrue();
    }

    @Test
    void whatOneCannotServeIsRefusedForBoth() throws IOException {
        one.save(
                "ops/work.camel.yaml",
                """
                - route:
                    id: "work"
                    from:
                      uri: "direct:work"
                      steps:
                        - bean:
                            ref: "tool"
                            method: "work"
                """);

        Eventually.holds(() -> one.status().refusal() != null);
        Finding finding = one.status().refusal().findings().get(0);
        assertThat(finding.toString())
                .startsWith("ops/work.camel.yaml:7: on two: ")
                .contains("tool");
        assertThat(one.status().id()).isEqualTo(two.status().id()).isEqualTo(1);
        assertThat(one.routes.generations.bundle().routeFiles()).hasSize(1);
    }

    @Test
    void aRollbackOnOneReachesTheOther() throws IOException {
        one.save("ops/greet.camel.yaml", answering("greet", "new"));
        Eventually.holds(() -> one.answers("new") && two.answers("new"));
        two.deployments.rollback("ada");

        Eventually.holds(() -> one.answers("old") && two.answers("old"));
        assertThat(two.status().drift()).as("its folder never changed").isFalse();
        Eventually.holds(() -> one.status().drift());
    }

    @Test
    void editsOnBothAtOnceEndInOneVersion() throws IOException {
        one.save("ops/greet.camel.yaml", answering("greet", "by one"));
        two.save("ops/greet.camel.yaml", answering("greet", "by two"));

        Eventually.holds(() -> one.status().id() == 3 && two.status().id() == 3);
        assertThat(one.routes.ask("direct:greet"))
                .isEqualTo(two.routes.ask("direct:greet"))
                .startsWith("by ");
    }

    @Test
    void oneThatComesLateServesWhatWasAcceptedMeanwhile() throws IOException {
        two.close();
        one.save("ops/greet.camel.yaml", answering("greet", "new"));
        Eventually.holds(() -> one.status().id() == 2);
        two = new Server("two", Map.of()).started();

        assertThat(two.answers("new")).isTrue();
        assertThat(two.status().drift()).as("its old folder is no news").isTrue();
        assertThat(one.status().id()).isEqualTo(2);
    }

    @Test
    void anOldCopyOfTheFolderOnANewServerIsNoProposal() throws IOException {
        one.save("ops/greet.camel.yaml", answering("greet", "new"));
        Eventually.holds(() -> one.answers("new") && two.answers("new"));
        try (Server three = new Server("three", Map.of()).started()) {
            assertThat(three.answers("new")).isTrue();
            assertThat(three.status().drift()).isTrue();
        }
    }

    @Test
    void aServerThatNeverAnswersIsTheReasonOfTheRefusal() throws IOException {
        Nodes silent = new Nodes(TestNode.DATABASE.dataSource(), "silent");
        silent.join();
        try (Server impatient = new Server("impatient", Map.of())) {
            Deployments deployments =
                    new TestNode("impatient", impatient.folder, impatient.routes).impatientDeployments();
            deployments.start();
            impatient.save("ops/greet.camel.yaml", answering("greet", "new"));

            assertThat(deployments.reload("ada"))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.findings())
                            .extracting(Finding::message)
                            .anyMatch(message -> message.contains("the server silent did not check it")));
            assertThat(impatient.answers("old")).isTrue();
            deployments.stop();
        }
    }

    @Test
    void anEditOnAServerThatWasLeftBehindIsRefused() throws IOException {
        one.save("ops/greet.camel.yaml", answering("greet", "new"));
        Eventually.holds(() -> two.answers("new"));

        assertThatThrownBy(() -> two.deployments.edit(Map.of("ops/more.camel.yaml", new byte[0]), "ada"))
                .hasMessageContaining("left behind");
    }
}

package io.waybill.camel;

import io.waybill.TestDatabase;
import io.waybill.channel.BundleFiles;
import io.waybill.ledger.DeploymentLog;
import io.waybill.ledger.Nodes;
import io.waybill.ledger.Proposals;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.springframework.context.ApplicationEventPublisher;

/** Deployments of one server over a real PostgreSQL that all tests of a JVM share; nothing is shipped unless a test says so. */
final class TestNode {
    static final TestDatabase DATABASE = TestDatabase.fresh();

    private static final Duration QUIET = Duration.ofMillis(100);

    private final String name;
    private final Path folder;
    private final RoutesFixture routes;
    private final Map<String, byte[]> shipped;

    TestNode(String name, Path folder, RoutesFixture routes) {
        this(name, folder, routes, Map.of());
    }

    /** @param shipped what this server's version of the program brings along */
    TestNode(String name, Path folder, RoutesFixture routes, Map<String, byte[]> shipped) {
        this.shipped = shipped;
        this.name = name;
        this.folder = folder;
        this.routes = routes;
    }

    static void forgetAll() {
        execute("truncate deployment, bundle, proposal, vote, node restart identity cascade");
    }

    /** As a full disk would. */
    static void refuseDeployments(boolean refuse) {
        execute(
                refuse
                        ? "alter table deployment add constraint full_disk check (id < 0) not valid"
                        : "alter table deployment drop constraint full_disk");
    }

    private static void execute(String sql) {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Deployments deployments(boolean watch, ApplicationEventPublisher events) {
        return deployments(watch, events, Duration.ofSeconds(20));
    }

    /** Waits half a second for the others. */
    Deployments impatientDeployments() {
        return deployments(false, event -> {}, Duration.ofMillis(500));
    }

    private Deployments deployments(boolean watch, ApplicationEventPublisher events, Duration patience) {
        Accord accord = new Accord(
                new DeploymentLog(DATABASE.dataSource()),
                new Nodes(DATABASE.dataSource(), name),
                new Proposals(DATABASE.dataSource(), name),
                patience);
        return new Deployments(
                new CamelSettings(folder, true, watch, QUIET, false),
                new Plain(folder, shipped),
                routes.generations,
                accord,
                events,
                Clock.systemUTC());
    }

    private record Plain(Path folder, Map<String, byte[]> shipped) implements RoutesFolder {
        @Override
        public BundleFiles now() {
            return BundleFiles.of(folder, true, shipped);
        }

        @Override
        public BundleFiles stored(SortedMap<String, byte[]> files) {
            return BundleFiles.over(shipped, files);
        }
    }
}

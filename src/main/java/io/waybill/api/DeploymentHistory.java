package io.waybill.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.waybill.camel.DeploymentStatus;
import io.waybill.camel.RoutesError;
import io.waybill.channel.BundleArchive;
import io.waybill.channel.FileChange;
import io.waybill.ledger.DeploymentLog;
import io.waybill.ledger.DeploymentLog.Accepted;
import io.waybill.ledger.Nodes;
import io.waybill.ledger.Slice;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The accepted versions and the servers, for people. */
@Component
@Lazy
public class DeploymentHistory {
    private final DeploymentLog log;
    private final Nodes nodes;

    DeploymentHistory(DeploymentLog log, Nodes nodes) {
        this.log = log;
        this.nodes = nodes;
    }

    /**
     * @param via folder (a saved edit), reload, edit (by the API), rollback, start, upgrade (of the program)
     * @param restores the version that a rollback went back to
     */
    public record Version(
            long id,
            String hash,
            Instant at,
            String by,
            String via,
            String node,
            @Nullable Long restores,
            List<FileChange> changes) {
        static Version of(Accepted accepted) {
            return new Version(
                    accepted.id(),
                    accepted.hash(),
                    accepted.at(),
                    accepted.by(),
                    accepted.via(),
                    accepted.node(),
                    accepted.restores(),
                    changes(accepted));
        }

        private static List<FileChange> changes(Accepted accepted) {
            try {
                return EventJson.MAPPER.readValue(accepted.changes(), new TypeReference<>() {});
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("what we wrote can be read", e);
            }
        }
    }

    /** @param deployment what it serves; null while it starts or is gone */
    public record Server(String name, boolean alive, Instant startedAt, @Nullable Long deployment, boolean drift) {}

    /** The status of this server, all servers, and one page of versions. */
    public record Page(
            long id,
            String hash,
            int generation,
            Instant since,
            DeploymentStatus.@Nullable Refusal refusal,
            boolean drift,
            @Nullable Long awaiting,
            List<Server> nodes,
            List<Version> items,
            @Nullable String next) {}

    /** @param diff unified; null when the files of either version are kept no more */
    public record Whole(Version version, @Nullable String diff) {}

    Page page(DeploymentStatus status, PageQuery page) {
        Slice<Accepted> slice = log.list(page.after(), page.size());
        return new Page(
                status.id(),
                status.hash(),
                status.generation(),
                status.since(),
                status.refusal(),
                status.drift(),
                status.awaiting(),
                servers(),
                slice.items().stream().map(Version::of).toList(),
                slice.next());
    }

    private List<Server> servers() {
        String newest = log.newest().map(Accepted::bundle).orElse("");
        return nodes.all().stream()
                .map(node -> new Server(
                        node.name(),
                        node.alive(),
                        node.startedAt(),
                        node.deployment(),
                        node.folder() != null && !node.folder().equals(newest)))
                .toList();
    }

    Whole whole(long id) {
        Accepted accepted = log.find(id)
                .orElseThrow(() -> new WaybillException(
                        RoutesError.UNKNOWN_DEPLOYMENT,
                        "There is no deployment " + id + ". GET /api/deployments lists those that are kept."));
        return new Whole(Version.of(accepted), diff(accepted).orElse(null));
    }

    private Optional<String> diff(Accepted accepted) {
        Optional<Accepted> earlier = log.before(accepted.id());
        Optional<Map<String, byte[]>> before =
                earlier.isEmpty() ? Optional.of(new TreeMap<>()) : earlier.flatMap(this::files);
        return before.flatMap(old -> files(accepted).map(now -> FileChange.text(old, now)));
    }

    private Optional<Map<String, byte[]>> files(Accepted accepted) {
        return log.files(accepted.bundle()).map(BundleArchive::unpack);
    }
}

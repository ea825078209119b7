package io.waybill.camel;

import com.fasterxml.jackson.core.type.TypeReference;
import io.waybill.camel.DeploymentStatus.Refusal;
import io.waybill.channel.BundleFiles;
import io.waybill.ledger.DeploymentLog.Accepted;
import io.waybill.ledger.Nodes;
import io.waybill.order.WaybillException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What this server serves, and how its folder stands to that. Read by any thread, changed by the one that deploys. */
final class Standing {
    private record Now(
            @Nullable Accepted accepted,
            String hash,
            int generation,
            Instant since,
            @Nullable String folder,
            @Nullable Refusal refusal,
            @Nullable Long awaiting) {

        boolean drift() {
            return accepted != null && folder != null && !folder.equals(accepted.bundle());
        }
    }

    private final Clock clock;
    private volatile Now now;

    Standing(Clock clock) {
        this.clock = clock;
        this.now = new Now(null, "", 0, clock.instant(), null, null, null);
    }

    DeploymentStatus status() {
        Now seen = now;
        if (seen.accepted() == null) {
            throw new WaybillException(RoutesError.NOTHING_SERVES, "No routes are running: the server is starting.");
        }
        return new DeploymentStatus(
                seen.accepted().id(),
                seen.hash(),
                seen.generation(),
                seen.since(),
                seen.refusal(),
                seen.drift(),
                seen.awaiting());
    }

    @Nullable
    Accepted accepted() {
        return now.accepted();
    }

    boolean serves(String bundle) {
        Accepted accepted = now.accepted();
        return accepted != null && accepted.bundle().equals(bundle);
    }

    /** Whether the folder held these files when it was looked at last. */
    boolean hasSeen(BundleFiles files) {
        return files.ownHash().equals(now.folder());
    }

    /** The folder was left behind by a rollback or by another server: an edit of it would bring more back than itself. */
    boolean isOvertaken(BundleFiles files) {
        return now.drift() && now.refusal() == null && hasSeen(files);
    }

    void serves(Accepted accepted, String hash, int generation) {
        Now old = now;
        Instant since = hash.equals(old.hash()) && generation == old.generation() ? old.since() : clock.instant();
        now = new Now(accepted, hash, generation, since, old.folder(), null, null);
    }

    void looked(BundleFiles files) {
        folder(files.ownHash(), null);
    }

    void refused(BundleFiles files, Outcome.Refused refused) {
        folder(files.ownHash(), new Refusal(clock.instant(), refused.hash(), refused.findings()));
    }

    /** As an earlier life of this server left it. */
    void remembered(BundleFiles files, Nodes.Node before) {
        String refusal = before.refusal();
        folder(files.ownHash(), refusal == null ? null : Accord.read(refusal, new TypeReference<>() {}));
    }

    private void folder(String folder, @Nullable Refusal refusal) {
        Now old = now;
        now = new Now(old.accepted(), old.hash(), old.generation(), old.since(), folder, refusal, old.awaiting());
    }

    /** A version that all servers are to serve cannot start here. */
    void cannotServe(Accepted newest, Outcome.Refused refused) {
        Now old = now;
        now = new Now(
                old.accepted(),
                old.hash(),
                old.generation(),
                old.since(),
                old.folder(),
                new Refusal(clock.instant(), refused.hash(), refused.findings()),
                newest.id());
    }

    Nodes.Saying saying() {
        Now seen = now;
        return new Nodes.Saying(
                seen.accepted() == null ? null : seen.accepted().id(),
                seen.folder(),
                seen.refusal() == null ? null : Accord.json(seen.refusal()));
    }
}

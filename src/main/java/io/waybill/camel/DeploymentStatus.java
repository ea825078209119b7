package io.waybill.camel;

import io.waybill.channel.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this server serves, and what was last proposed and refused.
 *
 * @param id of the accepted version, the same on every server
 * @param hash of the files that serve
 * @param generation counts every attempt since the start of this process
 * @param since when it began to serve
 * @param refusal the newest refusal, gone as soon as a later proposal is accepted
 * @param drift true when the folder holds something else than what serves: a refused edit, one rolled back, or what another
 *     server's edit replaced
 * @param awaiting the version that all servers are to serve, while it cannot start on this one
 */
public record DeploymentStatus(
        long id,
        String hash,
        int generation,
        Instant since,
        @Nullable Refusal refusal,
        boolean drift,
        @Nullable Long awaiting) {
    /** A proposal that did not go live, with every mistake found. */
    public record Refusal(Instant at, String hash, List<Finding> findings) {
        public Refusal {
            findings = List.copyOf(findings);
        }
    }
}

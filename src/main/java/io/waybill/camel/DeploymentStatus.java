package io.waybill.camel;

import io.waybill.channel.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What serves, and what was last proposed and refused.
 *
 * @param hash of the files that serve
 * @param generation counts every attempt since the start of this process
 * @param since when it began to serve
 * @param refusal the newest refusal, gone as soon as a later proposal is accepted
 * @param drift true when the folder holds something else than what serves: a refused edit, or one rolled back
 */
public record DeploymentStatus(String hash, int generation, Instant since, @Nullable Refusal refusal, boolean drift) {
    /** A proposal that did not go live, with every mistake found. */
    public record Refusal(Instant at, String hash, List<Finding> findings) {
        public Refusal {
            findings = List.copyOf(findings);
        }
    }
}

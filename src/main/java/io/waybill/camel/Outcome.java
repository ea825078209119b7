package io.waybill.camel;

import io.waybill.channel.Finding;
import java.time.Duration;
import java.util.List;

/** What came of a proposed bundle. */
public sealed interface Outcome {
    String hash();

    /**
     * It serves now.
     *
     * @param built how long the new generation took to build and check, while the old one served
     * @param cutOver from stopping the old sources to serving from the new generation
     */
    record Switched(String hash, int generation, Duration built, Duration cutOver) implements Outcome {}

    /** It is what serves already. */
    record Unchanged(String hash, int generation) implements Outcome {}

    /** Nothing changed: the version that served goes on serving. */
    record Refused(String hash, List<Finding> findings) implements Outcome {
        public Refused {
            findings = List.copyOf(findings);
        }
    }
}

package io.waybill.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a republication did.
 *
 * @param mapped false when the message as it arrived is no longer kept: what was understood then goes again
 * @param changed whether the mapping now reads the order otherwise than before
 * @param facts that go again
 */
public record Republished(
        boolean mapped, boolean changed, List<PushResult.Destination> destinations, List<Fact> facts) {
    /** @param id the fact's own; no fact is without one, though events in general are */
    public record Fact(String type, @Nullable String id, List<String> channels) {}
}

package io.waybill.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a push by hand did, destination by destination. */
public record PushResult(List<Destination> destinations) {
    public PushResult {
        destinations = List.copyOf(destinations);
    }

    /**
     * @param pushed true when a delivery is due now
     * @param reason why not
     */
    public record Destination(String channel, boolean pushed, @Nullable String reason) {}
}

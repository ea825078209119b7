package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided about an order, event by event, newest first. */
public record Why(long order, String number, List<DecidedEvent> events) {
    /**
     * @param newest true for the event whose decisions are in force for the order's state
     * @param decisions one for each destination: channel, verdict, reason, overlay, and the trace of every rule with its
     *     conditions' actual values
     */
    public record DecidedEvent(
            long id,
            String type,
            @Nullable Integer revision,
            String channel,
            String outcome,
            Instant recordedAt,
            boolean newest,
            JsonNode decisions) {}
}

package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.EventJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision: an event, a destination, publish or not, and why.
 *
 * @param operation the word of the operation that carries a fact there; for an order's state the lane chooses between
 *     create-order and update-order
 * @param canUpdate whether the destination takes an update of an order it has
 * @param manual published, but a person pushes it
 * @param reference our number as it is stamped there
 * @param trace every rule with its conditions' actual values; shown, never interpreted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Decided(
        String channel,
        Verdict verdict,
        @Nullable String reason,
        String operation,
        boolean canUpdate,
        boolean manual,
        @Nullable String reference,
        Overlay overlay,
        @Nullable JsonNode trace) {
    /** As an event keeps them. */
    static List<Decided> read(String decisions) {
        try {
            return List.of(EventJson.MAPPER.readValue(decisions, Decided[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds decisions that cannot be read", e);
        }
    }

    public Decided by(String otherOperation) {
        return new Decided(channel, verdict, reason, otherOperation, canUpdate, manual, reference, overlay, trace);
    }

    /** The same, now and not by hand, with another verdict. */
    public Decided with(Verdict newVerdict, @Nullable String newReason) {
        return new Decided(channel, newVerdict, newReason, operation, canUpdate, false, reference, overlay, trace);
    }
}

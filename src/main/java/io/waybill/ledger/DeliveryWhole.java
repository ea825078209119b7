package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One delivery with what came in, what became of it, what was sent and what was answered. Secrets were redacted before any
 * of it was stored.
 *
 * @param received the last raw body that this delivery goes back to
 * @param mapped the canonical event made of it
 * @param request the last one sent
 * @param response the last one that was answered
 */
public record DeliveryWhole(
        @JsonUnwrapped DeliveryRow row,
        @Nullable Received received,
        @Nullable JsonNode mapped,
        @Nullable JsonNode request,
        @Nullable JsonNode response,
        List<Attempt> tries) {

    public record Received(long receipt, Instant at, @Nullable JsonNode headers, String body) {}

    /** @param outcome sending, delivered, retry, failed, ambiguous, unknown, later, needless or late */
    public record Attempt(
            int number,
            Instant startedAt,
            @Nullable Instant finishedAt,
            String outcome,
            @Nullable Integer revision,
            @Nullable String deployment,
            @Nullable Integer status,
            @Nullable String errorCode,
            @Nullable String error) {}
}

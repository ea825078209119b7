package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the sync log with all that was said. Secrets were redacted before any of it was stored.
 *
 * @param redactedAt since when the order holds no personal data; what was said is gone then
 * @param received the last raw body that it goes back to
 * @param mapped the canonical event made of it: for an order's state the one that this attempt sent
 * @param request this attempt's, else the last one sent before it
 * @param response likewise
 * @param detail what a run lists, such as the orders that a status mapping changed
 */
public record SyncWhole(
        @JsonUnwrapped SyncEntry entry,
        @Nullable Instant redactedAt,
        DeliveryWhole.@Nullable Received received,
        @Nullable JsonNode mapped,
        @Nullable JsonNode request,
        @Nullable JsonNode response,
        @Nullable JsonNode detail) {}

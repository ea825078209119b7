package io.waybill.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a claimed delivery with what was sent and answered, secrets redacted already.
 *
 * @param revision the state that was rendered; 0 for a fact or when nothing was sent
 * @param status the HTTP status, 0 when there was none
 */
public record Settlement(
        Claimed claimed,
        Outcome outcome,
        int revision,
        int status,
        @Nullable String request,
        @Nullable String response,
        @Nullable String deployment) {}

package io.waybill.ledger;

import org.jspecify.annotations.Nullable;

/**
 * How an order stands at one destination.
 *
 * @param push how much of what it shall have is there
 * @param reason of the delivery that tells the state: why it waits, or was withheld
 * @param delivery the delivery that tells the state; null where only the link does
 */
public record Standing(
        String channel,
        SyncState sync,
        PushState push,
        @Nullable String reason,
        @Nullable Long delivery,
        @Nullable String errorCode,
        @Nullable String externalId,
        @Nullable String url) {
    Standing with(PushState state) {
        return new Standing(channel, sync, state, reason, delivery, errorCode, externalId, url);
    }
}

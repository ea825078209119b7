package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.ledger.Claimed;
import io.waybill.ledger.Outcome;
import io.waybill.ledger.Statuses;
import io.waybill.order.Event;
import io.waybill.order.StatusChanged;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A status on its way to one channel: given the meaning it has there by the mappings serving now, held while it has none,
 * and dropped when a later one of the same channel has gone before it. One instance is one delivery.
 */
final class StatusDelivery {
    /** Woken when a mapping changes; this is for the moment between the two. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final Statuses statuses;
    private final Claimed claimed;
    private final StatusChanged event;
    private final Statuses.Origin origin;
    private final StatusWords words;

    private StatusDelivery(Statuses statuses, Claimed claimed, StatusChanged event, Bundle bundle) {
        this.statuses = statuses;
        this.claimed = claimed;
        this.event = event;
        this.origin = statuses.origin(claimed.eventId(), claimed.channel());
        this.words = new StatusWords(bundle, origin.from(), claimed.channel());
    }

    /** Null for everything that is no status. */
    static @Nullable StatusDelivery of(Statuses statuses, Claimed claimed, Bundle bundle) {
        return claimed.event() instanceof StatusChanged changed
                ? new StatusDelivery(statuses, claimed, changed, bundle)
                : null;
    }

    /** Null when it may go. */
    @Nullable
    Outcome instead() {
        if (origin.overtaken()) {
            return new Outcome.Needless();
        }
        if (words.hold(event.status())) {
            return new Outcome.Later(
                    "awaiting-mapping",
                    FlowError.STATUS_UNMAPPED.code(),
                    "Status \"" + event.status() + "\" of " + origin.from() + " has no meaning for " + claimed.channel()
                            + ". Add it to statuses and map in " + words.names() + "; this goes out by itself then.",
                    LOOK_AGAIN);
        }
        return null;
    }

    Event rendered() {
        return new StatusChanged(event.orderId(), words.told(event.status()), event.at());
    }

    void delivered() {
        statuses.told(claimed.orderId(), claimed.channel(), words.told(event.status()), claimed.eventId());
    }
}

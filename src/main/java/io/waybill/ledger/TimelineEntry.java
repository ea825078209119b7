package io.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an order.
 *
 * @param kind received, echo, stale, decided, withheld, attempt, delivered, failed, unknown, or action (of a person)
 * @param what the event's type, the operation, or the action
 * @param text for people: the verdict with its reason, the outcome of an attempt, who did it
 */
public record TimelineEntry(
        Instant at,
        String kind,
        @Nullable String channel,
        String what,
        @Nullable String text,
        @Nullable Long event,
        @Nullable Long delivery,
        @Nullable String code) {}

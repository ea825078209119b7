package io.waybill.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task, or one attempt of a delivery.
 *
 * @param kind run or delivery
 * @param task of a run; the operation of a delivery
 * @param order our id of it; null for a run
 * @param attempt counts the claims of the delivery's lane
 * @param outcome of an attempt in its own words: sending, delivered, retry, failed, ambiguous, unknown, later, needless, late
 * @param httpStatus null when nothing was answered
 * @param trigger of a run: schedule or manual
 * @param subject of a run: the configuration it ran, where a channel has several for the task
 */
public record SyncEntry(
        String id,
        String kind,
        String channel,
        String task,
        SyncStatus status,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long order,
        @Nullable String number,
        @Nullable Long delivery,
        @Nullable Integer attempt,
        @Nullable String outcome,
        @Nullable Integer httpStatus,
        @Nullable String trigger,
        @Nullable String by,
        @Nullable String subject,
        @Nullable RunSummary summary,
        @Nullable String errorCode,
        @Nullable String error) {

    /** Where it stands in the list: the time it started, and what tells those apart that started together. */
    Cursor cursor() {
        long tie = delivery == null ? Long.parseLong(id.substring(id.indexOf('-') + 1)) : delivery;
        return new Cursor(startedAt, tie);
    }
}

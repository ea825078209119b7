package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery in a list.
 *
 * @param reason why it waits (due, retry, blocked, manual, paused, circuit, awaiting-mapping), or why it was withheld
 * @param blockedBy the delivery that has to go first
 * @param attempts answers about this order; faults of the channel do not count
 * @param dueAt when it is next tried
 */
public record DeliveryRow(
        long id,
        long order,
        String number,
        String channel,
        String operation,
        DeliveryState state,
        @Nullable String reason,
        @Nullable Long blockedBy,
        String key,
        @Nullable Integer revision,
        int attempts,
        @Nullable Instant dueAt,
        @Nullable String externalId,
        @Nullable String url,
        @Nullable String errorCode,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    static DeliveryRow read(ResultSet row) throws SQLException {
        return new DeliveryRow(
                row.getLong("id"),
                row.getLong("order_id"),
                row.getString("number"),
                row.getString("channel"),
                row.getString("operation"),
                DeliveryState.of(row.getString("shown_state")),
                row.getString("shown_reason"),
                row.getObject("blocked_by", Long.class),
                row.getString("key"),
                row.getObject("revision", Integer.class),
                row.getInt("attempts"),
                Db.instant(row, "due_at"),
                row.getString("external_id"),
                row.getString("url"),
                row.getString("error_code"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                Db.instant(row, "finished_at"));
    }
}

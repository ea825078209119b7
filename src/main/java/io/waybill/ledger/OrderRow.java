package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order in a list. {@code total} is a decimal in {@code currency}.
 *
 * @param redactedAt since when it holds no personal data
 */
public record OrderRow(
        long id,
        String channel,
        String externalId,
        String number,
        String status,
        PushState push,
        String currency,
        @Nullable String total,
        List<String> tags,
        @Nullable Instant placedAt,
        @Nullable Instant shipBy,
        @Nullable String url,
        Instant receivedAt,
        Instant changedAt,
        @Nullable Instant redactedAt,
        List<Standing> destinations) {

    static OrderRow read(ResultSet row) throws SQLException {
        java.math.BigDecimal total = row.getBigDecimal("total");
        return new OrderRow(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("external_id"),
                row.getString("number"),
                row.getString("status"),
                PushState.of(row.getString("push")),
                row.getString("currency"),
                total == null ? null : total.toPlainString(),
                Db.texts(row, "tags"),
                Db.instant(row, "placed_at"),
                Db.instant(row, "ship_by"),
                row.getString("url"),
                row.getTimestamp("received_at").toInstant(),
                row.getTimestamp("changed_at").toInstant(),
                Db.instant(row, "redacted_at"),
                List.of());
    }

    OrderRow with(List<Standing> found) {
        return new OrderRow(
                id,
                channel,
                externalId,
                number,
                status,
                push,
                currency,
                total,
                tags,
                placedAt,
                shipBy,
                url,
                receivedAt,
                changedAt,
                redactedAt,
                found);
    }

    Cursor cursor() {
        return new Cursor(receivedAt, id);
    }
}

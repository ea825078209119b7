package io.waybill.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article as a channel has it.
 *
 * @param variantId empty when it has no variants
 * @param status the channel's own word
 * @param detail what the channel tells beside this
 * @param images url, id, alt, hash, width, height, as far as the channel tells them
 */
public record ProductRow(
        long id,
        String channel,
        String productId,
        String variantId,
        @Nullable String sku,
        String title,
        @Nullable String price,
        @Nullable String currency,
        @Nullable String status,
        @Nullable String url,
        @Nullable Instant updatedAt,
        Instant changedAt,
        JsonNode detail,
        JsonNode images) {
    static ProductRow read(ResultSet row) throws SQLException {
        BigDecimal price = row.getBigDecimal("price");
        return new ProductRow(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("product_id"),
                row.getString("variant_id"),
                row.getString("sku"),
                row.getString("title"),
                price == null ? null : price.toPlainString(),
                row.getString("currency"),
                row.getString("status"),
                row.getString("url"),
                Db.instant(row, "source_at"),
                row.getTimestamp("changed_at").toInstant(),
                Json.own(row.getString("detail")),
                Json.own(row.getString("images")));
    }
}

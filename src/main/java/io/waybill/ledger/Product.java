package io.waybill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article as a channel told it.
 *
 * @param variantId empty when it has no variants
 * @param detail JSON
 * @param images JSON; null when nothing was told of them, and what is known stays
 */
public record Product(
        String productId,
        String variantId,
        @Nullable String sku,
        String title,
        @Nullable BigDecimal price,
        @Nullable String currency,
        @Nullable String status,
        @Nullable String url,
        @Nullable Instant updatedAt,
        String detail,
        @Nullable String images) {}

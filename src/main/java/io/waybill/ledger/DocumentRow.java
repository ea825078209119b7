package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A label or print document of an order, without its bytes.
 *
 * @param ready true when its bytes can be fetched
 */
public record DocumentRow(
        long id,
        String kind,
        String name,
        @Nullable String shipmentId,
        @Nullable String format,
        @Nullable String size,
        boolean ready,
        List<String> warnings,
        @Nullable String errorCode,
        @Nullable String error,
        Instant createdAt) {}

package io.waybill.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.waybill.order.EventJson;
import java.time.Instant;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where an event came in, for those who follow it. Asked for only while somebody does. */
public final class Origins {
    private final Db db;

    public Origins(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** @param traceparent what the receipt was marked with when it came; null when nobody followed it then */
    public record Origin(@Nullable String traceparent, Instant receivedAt) {
        /** @param headers a receipt's kept headers */
        public static Origin of(String headers, Instant receivedAt) {
            try {
                return new Origin(
                        EventJson.MAPPER.readTree(headers).path("traceparent").textValue(), receivedAt);
            } catch (JsonProcessingException e) {
                return new Origin(null, receivedAt);
            }
        }
    }

    /** Null when its receipt is purged by now, or there never was one. */
    public @Nullable Origin of(long event) {
        return db
                .query(
                        """
                        select b.headers, b.received_at from event e
                        join receipt r on r.id = e.receipt_id
                        join receipt_body b on b.receipt_id = r.id and b.received_at = r.received_at
                        where e.id = ?""",
                        row -> Origin.of(row.getString(1), row.getTimestamp(2).toInstant()),
                        event)
                .stream()
                .findFirst()
                .orElse(null);
    }
}

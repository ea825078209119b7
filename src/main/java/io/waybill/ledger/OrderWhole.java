package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One order with all that happened to it.
 *
 * @param order the newest state as canonical JSON, as the source told it
 * @param links where it is: the source and every destination that has it
 */
public record OrderWhole(
        @JsonUnwrapped OrderRow row,
        JsonNode order,
        int revision,
        List<Line> lines,
        List<Link> links,
        List<Event> events,
        List<DeliveryRow> deliveries,
        List<DocumentRow> documents,
        List<TimelineEntry> timeline) {

    /** A line with its quantities; {@code destinations} by channel. */
    public record Line(
            String id,
            @Nullable String sku,
            @Nullable String title,
            int ordered,
            int cancelled,
            int shipped,
            int returned,
            Map<String, Quantity> destinations) {}

    /** How much of a line a destination wants, and how much was delivered there. */
    public record Quantity(int wanted, int pushed) {}

    /** @param role source or destination */
    public record Link(
            String channel,
            String role,
            int part,
            @Nullable String externalId,
            @Nullable String url,
            @Nullable String reference) {}

    public record Event(
            long id,
            String type,
            @Nullable String key,
            @Nullable Integer revision,
            String channel,
            @Nullable Long receipt,
            String outcome,
            @Nullable Instant at,
            Instant recordedAt) {}
}

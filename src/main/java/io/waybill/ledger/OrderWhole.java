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

    /**
     * How much of a line a destination shall have, how much of it was delivered there, and how much of that is known there to
     * be cancelled, shipped and returned.
     *
     * @param part the part of the order there that holds the line; null while none does
     */
    public record Quantity(
            PushState push, int wanted, int pushed, int cancelled, int shipped, int returned, @Nullable Integer part) {
        static Quantity of(Tally.Count count) {
            return new Quantity(
                    PushState.of(false, count.part() != null, count.pushed() < count.wanted()),
                    count.wanted(),
                    count.pushed(),
                    count.cancelled(),
                    count.shipped(),
                    count.returned(),
                    count.part());
        }
    }

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

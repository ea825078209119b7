package io.waybill.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One parcel that left. Nested labels become events of their own, delivered after it. */
public record OrderShipped(
        String orderId,
        String id,
        @Nullable Instant at,
        @Nullable String carrier,
        @Nullable String trackingNumber,
        @Nullable String trackingUrl,
        List<LineQuantity> lines,
        List<LabelCreated> labels)
        implements Event {
    public OrderShipped {
        Members.required("orderId", orderId);
        Members.required("id", id);
        lines = Members.copy(lines);
        labels = Members.copy(labels);
    }

    @Override
    public EventType type() {
        return EventType.SHIPMENT;
    }

    /** The shipment alone, then one label event for each nested label, told which order and shipment it belongs to. */
    public List<Event> split() {
        List<Event> events = new ArrayList<>();
        events.add(new OrderShipped(orderId, id, at, carrier, trackingNumber, trackingUrl, lines, List.of()));
        for (int i = 0; i < labels.size(); i++) {
            events.add(labels.get(i).of(this, i + 1));
        }
        return events;
    }
}

package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shipping label as the carrier gave it: Base64 {@code data}, and Base64 {@code resources} that an HTML label refers
 * to by name. {@code format} may be left out or wrong; the content decides. Inside a shipment, orderId, shipmentId and
 * id may be missing until {@link OrderShipped#split()} fills them in.
 */
public record LabelCreated(
        @JsonProperty("orderId") @Nullable String orderIdOrNull,
        @JsonProperty("id") @Nullable String idOrNull,
        @Nullable String shipmentId,
        @Nullable Instant at,
        @Nullable String format,
        @Nullable String size,
        String data,
        Map<String, String> resources)
        implements Event {
    public LabelCreated {
        Members.required("data", data);
        resources = Members.copy(resources);
    }

    @Override
    public EventType type() {
        return EventType.LABEL;
    }

    @Override
    @JsonIgnore
    public String orderId() {
        return orderIdOrNull == null ? "" : orderIdOrNull;
    }

    @Override
    @JsonIgnore
    public String id() {
        return idOrNull == null ? "" : idOrNull;
    }

    /** The same label with its bytes replaced: events keep a reference, the bytes lie in the documents. */
    public LabelCreated withData(String newData, Map<String, String> newResources) {
        return new LabelCreated(orderIdOrNull, idOrNull, shipmentId, at, format, size, newData, newResources);
    }

    LabelCreated of(OrderShipped shipment, int number) {
        return new LabelCreated(
                shipment.orderId(),
                idOrNull == null ? shipment.id() + ":label:" + number : idOrNull,
                shipment.id(),
                at == null ? shipment.at() : at,
                format,
                size,
                data,
                resources);
    }
}

package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One fact or state about an order, in canonical form. Read with {@link EventJson#read}, written with {@link EventJson#write}. */
public sealed interface Event
        permits OrderChanged, OrderCancelled, OrderShipped, OrderReturned, LabelCreated, StatusChanged, TagsGiven {

    @JsonIgnore
    EventType type();

    /** The order's id at the system that sent the event. */
    String orderId();

    /** Identifies a fact among those of its order and type. An order's state has none of its own: null. */
    @Nullable
    String id();

    @Nullable
    Instant at();
}

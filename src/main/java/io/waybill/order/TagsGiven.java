package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All tags of an order, after a person changed them. Never told by a channel: there they are part of the order's state. */
public record TagsGiven(
        String orderId, String id, @Nullable Instant at, @JsonInclude(JsonInclude.Include.ALWAYS) List<String> tags)
        implements Event {
    public TagsGiven {
        Members.required("orderId", orderId);
        Members.required("id", id);
        tags = Members.copy(tags);
    }

    @Override
    public EventType type() {
        return EventType.TAGS;
    }
}

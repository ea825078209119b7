package io.waybill.channel;

import io.waybill.order.Event;
import io.waybill.order.Order;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One case of {@code rules/<channel>.test.yaml}: an event, the order's state that conditions see, and what must come of it.
 *
 * @param channel where the event comes from
 */
public record RuleTest(
        String file, int line, String channel, String name, Event event, Order order, Expected expected) {

    /** A value and the line it stands on. */
    public record At<T>(int line, T value) {}

    /** What a case says; what it does not say is not looked at. By destination, and attributes by name. */
    public record Expected(
            @Nullable At<List<String>> tags,
            Map<String, At<Boolean>> publish,
            Map<String, At<String>> withheld,
            Map<String, At<List<String>>> lines,
            Map<String, At<String>> attributes) {}
}

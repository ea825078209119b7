package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.waybill.order.Order;
import io.waybill.order.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules change about an order on its way to one destination. Kept with the decision and laid over the order's state
 * when a delivery is rendered, so that the newest state leaves with the newest decision.
 *
 * @param lines the ids of the published lines; null means all
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Overlay(
        @Nullable List<String> tags,
        @Nullable Status status,
        @Nullable String shippingMethod,
        @Nullable String note,
        @Nullable Map<String, String> attributes,
        @Nullable List<String> lines,
        @Nullable String warehouse,
        @Nullable String prefix,
        int priority) {
    public static final Overlay NONE = new Overlay(null, null, null, null, null, null, null, null, 0);

    /** All but the lines: which of them go is the rules' word only while no person chose them. */
    Order apply(Order order) {
        return order.change()
                .tags(tags == null ? order.tags() : tags)
                .status(status == null ? order.status() : status)
                .note(note == null ? order.note() : note)
                .shipping(shipping(order))
                .attributes(attributes(order))
                .build();
    }

    Order narrow(Order order) {
        return lines == null ? order : onlyLines(order, Set.copyOf(lines));
    }

    static Order onlyLines(Order order, Set<String> ids) {
        return order.withLines(line -> ids.contains(line.id()));
    }

    private Order.@Nullable Shipping shipping(Order order) {
        Order.Shipping own = order.shipping();
        if (shippingMethod == null) {
            return own;
        }
        return own == null
                ? new Order.Shipping(shippingMethod, null, null)
                : new Order.Shipping(shippingMethod, own.price(), own.tax());
    }

    private Map<String, String> attributes(Order order) {
        if (attributes == null || attributes.isEmpty()) {
            return order.attributes();
        }
        Map<String, String> merged = new LinkedHashMap<>(order.attributes());
        merged.putAll(attributes);
        return merged;
    }
}

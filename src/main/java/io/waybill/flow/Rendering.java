package io.waybill.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Channel.OrderForm;
import io.waybill.channel.SkuAliases;
import io.waybill.ledger.Claimed;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import org.jspecify.annotations.Nullable;

/** What a destination gets to see: the state with what rules laid over it, narrowed to the channel's {@code send}. */
final class Rendering {
    private Rendering() {}

    static ObjectNode event(Claimed claimed, Channel channel, SkuAliases skus) {
        Event event = claimed.event();
        if (event instanceof OrderChanged changed) {
            Order order = named(order(claimed, channel, changed.order()), channel.name(), skus);
            return EventJson.tree(new OrderChanged(order));
        }
        ObjectNode node = EventJson.tree(event);
        node.remove("data");
        node.remove("resources");
        return node;
    }

    private static Order order(Claimed claimed, Channel channel, Order order) {
        return claimed.seen(order)
                .only(channel.send())
                .change()
                .reference(claimed.reference())
                .number(number(claimed, channel.orders(), order))
                .build();
    }

    /** Articles under the names they have there. */
    private static Order named(Order order, String channel, SkuAliases skus) {
        return skus.hasFor(channel)
                ? order.change()
                        .lines(order.lines().stream()
                                .map(line -> line.sku() == null ? line : line.withSku(skus.at(channel, line.sku())))
                                .toList())
                        .build()
                : order;
    }

    private static @Nullable String number(Claimed claimed, OrderForm form, Order order) {
        String prefix = claimed.overlay().prefix() == null
                ? form.prefix()
                : claimed.overlay().prefix();
        return form.number() == OrderForm.NumberFrom.SOURCE ? prefix + order.displayNumber() + suffix(claimed) : null;
    }

    /** A second order for the same one of the source's needs a number of its own. */
    private static String suffix(Claimed claimed) {
        return claimed.part() == 1 ? "" : "-" + claimed.part();
    }
}

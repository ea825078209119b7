package io.waybill.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Channel.OrderForm;
import io.waybill.channel.Operation;
import io.waybill.channel.SkuAliases;
import io.waybill.ledger.Claimed;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
        if (claimed.operation().equals(Operation.RETURN_ORDER.word())
                && !channel.policies().refunds()) {
            node.remove("refund");
        }
        return node;
    }

    /** How an order shall look there, by the words of the channel's file; a rule's prefix comes before it. */
    static Map<String, String> form(Claimed claimed, Channel channel) {
        OrderForm form = channel.orders();
        Map<String, String> words = new LinkedHashMap<>();
        words.put("as", word(form.as()));
        words.put("number", word(form.number()));
        words.put("prefix", prefix(claimed, form));
        words.put("invoice", word(form.invoice()));
        String warehouse = claimed.overlay().warehouse();
        if (warehouse != null) {
            words.put("warehouse", warehouse);
        }
        return words;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String prefix(Claimed claimed, OrderForm form) {
        String own = claimed.overlay().prefix();
        return own == null ? form.prefix() : own;
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
        return form.number() == OrderForm.NumberFrom.SOURCE
                ? prefix(claimed, form) + order.displayNumber() + suffix(claimed)
                : null;
    }

    /** A second order for the same one of the source's needs a number of its own. */
    private static String suffix(Claimed claimed) {
        return claimed.part() == 1 ? "" : "-" + claimed.part();
    }
}

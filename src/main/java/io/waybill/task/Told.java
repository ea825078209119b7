package io.waybill.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Channel;
import io.waybill.flow.Routes;
import io.waybill.ledger.Product;
import io.waybill.ledger.Stocks.Quantity;
import io.waybill.order.WaybillException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What a channel tells of articles and stock, page by page: an object with the array under {@code products} or {@code stock},
 * and {@code nextPage} until there is no more.
 */
final class Told {
    private static final int MOST_PAGES = 10_000;

    private Told() {}

    /** @param take told each page */
    static void pages(Routes routes, Channel channel, String operation, String task, Consumer<JsonNode> take) {
        @Nullable String page = null;
        for (int i = 0; i < MOST_PAGES; i++) {
            @Nullable String asked = page;
            Exchange exchange = routes.request("direct:" + channel.name() + "-" + operation, e -> {
                e.setVariable("channel", channel.name());
                e.setVariable("operation", operation);
                e.setVariable("task", task);
                e.setVariable("page", asked);
            });
            Operating.rethrow(exchange);
            JsonNode told = exchange.getMessage().getBody(JsonNode.class);
            if (told == null) {
                return;
            }
            take.accept(told);
            page = text(told.path("nextPage"));
            if (page == null || page.equals(asked)) {
                return;
            }
        }
    }

    static List<Product> products(JsonNode told) {
        List<Product> products = new ArrayList<>();
        told.path("products").forEach(one -> products.add(product(one)));
        return products;
    }

    private static Product product(JsonNode one) {
        @Nullable String id = text(one.path("id"));
        if (id == null) {
            throw unreadable("a product without id");
        }
        @Nullable String variant = text(one.path("variantId"));
        @Nullable String title = text(one.path("title"));
        return new Product(
                id,
                variant == null ? "" : variant,
                text(one.path("sku")),
                title == null ? "" : title,
                decimal(one.path("price")),
                text(one.path("currency")),
                text(one.path("status")),
                text(one.path("url")),
                instant(one.path("updatedAt")),
                one.path("detail").isObject() ? one.path("detail").toString() : "{}",
                one.path("images").isArray() ? one.path("images").toString() : null);
    }

    static List<Quantity> quantities(JsonNode told) {
        List<Quantity> quantities = new ArrayList<>();
        told.path("stock").forEach(one -> {
            @Nullable String sku = text(one.path("sku"));
            @Nullable String location = text(one.path("location"));
            @Nullable BigDecimal quantity = decimal(one.path("quantity"));
            if (sku != null && quantity != null) {
                // Half a piece cannot be sold.
                quantities.add(new Quantity(
                        sku,
                        location == null ? "" : location,
                        quantity.setScale(0, java.math.RoundingMode.FLOOR).longValueExact()));
            }
        });
        return quantities;
    }

    private static @Nullable String text(JsonNode node) {
        String text = node.isValueNode() && !node.isNull() ? node.asText() : "";
        return text.isBlank() ? null : text.strip();
    }

    private static @Nullable BigDecimal decimal(JsonNode node) {
        try {
            return node.isNumber() ? node.decimalValue() : node.isTextual() ? new BigDecimal(node.asText()) : null;
        } catch (NumberFormatException e) {
            throw unreadable("an amount that is no number");
        }
    }

    private static @Nullable Instant instant(JsonNode node) {
        try {
            return node.isTextual() ? Instant.parse(node.asText()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static WaybillException unreadable(String what) {
        return new WaybillException(TaskError.POLL_UNREADABLE, "The channel's answer has " + what + ".");
    }
}

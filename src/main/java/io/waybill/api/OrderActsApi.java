package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.flow.OrderActs;
import io.waybill.ledger.OrderViews;
import io.waybill.order.LineQuantity;
import io.waybill.order.WaybillException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/orders/{id}")
@Tag(name = "orders")
public class OrderActsApi {
    private static final int MOST_TAGS = 100;

    private final OrderViews orders;
    private final ObjectProvider<OrderActs> acts;

    OrderActsApi(OrderViews orders, ObjectProvider<OrderActs> acts) {
        this.orders = orders;
        this.acts = acts;
    }

    /** All tags that the order shall have; an empty list takes away what there is. */
    public record NewTags(@Nullable List<String> tags) {}

    @PutMapping("/tags")
    @Operation(
            summary = "Give an order these tags",
            description =
                    "What a person adds or takes away holds against later states and rules. The order is decided again"
                            + " with its new tags; destinations that have it get an update, those that can set tags the tags.")
    public OrderActs.Tags tags(@PathVariable long id, @RequestBody NewTags body, Caller caller) {
        orders.require(id);
        return serving().tag(id, tags(body.tags()), caller.name());
    }

    /** Left out means: all that is neither cancelled nor shipped, for no reason given. */
    public record Cancel(@Nullable List<LineToCancel> lines, @Nullable String reason) {}

    public record LineToCancel(@Nullable String id, @Nullable Integer quantity) {}

    @PostMapping("/cancel")
    @Operation(
            summary = "Cancel an order, or some of its lines, for the merchant",
            description =
                    "A cancellation of our own goes to the source and to every destination that has the order and can"
                            + " cancel. What was not sent yet is not sent any more.")
    public OrderActs.Cancelled cancel(
            @PathVariable long id, @RequestBody(required = false) @Nullable Cancel body, Caller caller) {
        orders.require(id);
        Cancel cancel = body == null ? new Cancel(null, null) : body;
        return serving().cancel(id, lines(cancel.lines()), Ask.member("reason", cancel.reason()), caller.name());
    }

    private OrderActs serving() {
        OrderActs serves = acts.getIfAvailable();
        if (serves == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        return serves;
    }

    private static List<String> tags(@Nullable List<String> tags) {
        if (tags == null || tags.size() > MOST_TAGS) {
            throw new WaybillException(
                    ApiError.INVALID_BODY,
                    "Say \"tags\": […], all that the order shall have, at most " + MOST_TAGS + ".");
        }
        return tags.stream().map(tag -> required("tags", tag)).distinct().toList();
    }

    private static List<LineQuantity> lines(@Nullable List<LineToCancel> lines) {
        if (lines != null && lines.isEmpty()) {
            throw new WaybillException(
                    ApiError.INVALID_BODY, "\"lines\" is empty. Leave it out to cancel all that is open.");
        }
        return lines == null
                ? List.of()
                : lines.stream().map(OrderActsApi::line).toList();
    }

    private static LineQuantity line(@Nullable LineToCancel line) {
        if (line == null || line.quantity() == null || line.quantity() < 1) {
            throw new WaybillException(
                    ApiError.INVALID_BODY,
                    "Each of \"lines\" is {\"id\": …, \"quantity\": …}, the quantity 1 or more.");
        }
        return new LineQuantity(required("lines", line.id()), line.quantity());
    }

    private static String required(String member, @Nullable String value) {
        String text = Ask.member(member, value);
        if (text == null) {
            throw new WaybillException(ApiError.INVALID_BODY, "\"" + member + "\" holds an empty entry.");
        }
        return text;
    }
}

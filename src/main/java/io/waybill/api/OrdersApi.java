package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.flow.PushResult;
import io.waybill.flow.Pusher;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrderViews;
import io.waybill.ledger.OrderWhole;
import io.waybill.ledger.Slice;
import io.waybill.ledger.Why;
import io.waybill.order.WaybillException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/orders")
@Tag(name = "orders")
class OrdersApi {
    private final OrderViews orders;
    private final Serving serving;
    private final ObjectProvider<Pusher> pusher;

    OrdersApi(OrderViews orders, Serving serving, ObjectProvider<Pusher> pusher) {
        this.orders = orders;
        this.serving = serving;
        this.pusher = pusher;
    }

    /** Left out means: every destination that is wanted, all lines, obey the rules. */
    record Push(@Nullable List<String> channels, @Nullable List<String> lines, @Nullable Boolean force) {}

    @GetMapping
    @Operation(summary = "Orders, newest received first")
    Slice<OrderRow> list(@ParameterObject OrderQuery query, @ParameterObject PageQuery page) {
        return orders.list(query.filter(serving), page.after(), page.size());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One order: lines, links, events, deliveries, documents, timeline")
    OrderWhole one(@PathVariable long id) {
        return orders.one(id);
    }

    @GetMapping("/{id}/why")
    @Operation(summary = "Every destination's decision, with each rule and its conditions' actual values")
    Why why(@PathVariable long id) {
        return orders.why(id);
    }

    @PostMapping("/{id}/push")
    @Operation(summary = "Push an order now, by hand")
    PushResult push(@PathVariable long id, @RequestBody(required = false) @Nullable Push body, Caller caller) {
        orders.require(id);
        Push push = body == null ? new Push(null, null, null) : body;
        List<String> channels = listed("channels", push.channels());
        channels.forEach(serving::channel);
        Pusher serves = pusher.getIfAvailable();
        if (serves == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        return serves.push(
                id, channels, listed("lines", push.lines()), Boolean.TRUE.equals(push.force()), caller.name());
    }

    private static List<String> listed(String member, @Nullable List<String> values) {
        if (values == null) {
            return List.of();
        }
        if (values.stream().anyMatch(v -> Ask.text(member, v) == null)) {
            throw new WaybillException(ApiError.INVALID_BODY, "\"" + member + "\" holds an empty entry.");
        }
        return List.copyOf(values);
    }
}

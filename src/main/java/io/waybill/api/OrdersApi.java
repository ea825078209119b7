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
import io.waybill.order.ErrorKind;
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
public class OrdersApi {
    private static final int MOST_AT_ONCE = 1_000;

    private final OrderViews orders;
    private final Serving serving;
    private final ObjectProvider<Pusher> pusher;

    OrdersApi(OrderViews orders, Serving serving, ObjectProvider<Pusher> pusher) {
        this.orders = orders;
        this.serving = serving;
        this.pusher = pusher;
    }

    /** Left out means: every destination that is wanted, all lines, obey the rules. */
    public record Push(@Nullable List<String> channels, @Nullable List<String> lines, @Nullable Boolean force) {}

    @GetMapping
    @Operation(summary = "Orders, newest received first")
    public Slice<OrderRow> list(@ParameterObject OrderQuery query, @ParameterObject PageQuery page) {
        return orders.list(query.filter(serving), page.after(), page.size());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One order: lines, links, events, deliveries, documents, timeline")
    public OrderWhole one(@PathVariable long id) {
        return orders.one(id);
    }

    @GetMapping("/{id}/why")
    @Operation(summary = "Every destination's decision, with each rule and its conditions' actual values")
    public Why why(@PathVariable long id) {
        return orders.why(id);
    }

    @PostMapping("/{id}/push")
    @Operation(summary = "Push an order now, by hand")
    public PushResult push(@PathVariable long id, @RequestBody(required = false) @Nullable Push body, Caller caller) {
        orders.require(id);
        Push push = body == null ? new Push(null, null, null) : body;
        return pushed(id, push, channels(push), serves(), caller);
    }

    /**
     * @param matched orders that fit the filter
     * @param requeued orders with a delivery due now because of this
     * @param skipped orders that nothing new goes out of: withheld, cancelled, there already
     */
    public record Bulk(int matched, int requeued, int skipped) {}

    /** Left out means: every destination that is wanted, obey the rules. */
    public record PushMany(@Nullable List<String> channels, @Nullable Boolean force) {}

    @PostMapping("/push")
    @Operation(summary = "Push all orders that fit the filter, 1,000 a call, newest received first")
    public Bulk pushMany(
            @ParameterObject OrderQuery query, @RequestBody(required = false) @Nullable PushMany body, Caller caller) {
        Push push = body == null ? new Push(null, null, null) : new Push(body.channels(), null, body.force());
        List<String> channels = channels(push);
        Pusher serves = serves();
        List<OrderRow> matches =
                orders.list(query.filter(serving), null, MOST_AT_ONCE).items();
        int requeued = 0;
        for (OrderRow match : matches) {
            requeued += goesOut(match.id(), push, channels, serves, caller) ? 1 : 0;
        }
        return new Bulk(matches.size(), requeued, matches.size() - requeued);
    }

    private static boolean goesOut(long id, Push push, List<String> channels, Pusher serves, Caller caller) {
        try {
            return pushed(id, push, channels, serves, caller).destinations().stream()
                    .anyMatch(PushResult.Destination::pushed);
        } catch (WaybillException e) {
            if (e.code().kind() == ErrorKind.CALLER) {
                return false;
            }
            throw e;
        }
    }

    private static PushResult pushed(long id, Push push, List<String> channels, Pusher serves, Caller caller) {
        return serves.push(
                id, channels, listed("lines", push.lines()), Boolean.TRUE.equals(push.force()), caller.name());
    }

    private List<String> channels(Push push) {
        List<String> channels = listed("channels", push.channels());
        channels.forEach(serving::channel);
        return channels;
    }

    private Pusher serves() {
        Pusher serves = pusher.getIfAvailable();
        if (serves == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        return serves;
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

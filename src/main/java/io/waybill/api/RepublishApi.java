package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.flow.Republished;
import io.waybill.flow.Republisher;
import io.waybill.ledger.OrderViews;
import io.waybill.order.WaybillException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/orders/{id}/republish")
@Tag(name = "orders")
public class RepublishApi {
    private final OrderViews orders;
    private final ObjectProvider<Republisher> republisher;

    RepublishApi(OrderViews orders, ObjectProvider<Republisher> republisher) {
        this.orders = orders;
        this.republisher = republisher;
    }

    /** Left out means: facts only where they were never delivered. */
    public record Republish(@Nullable Boolean force) {}

    @PostMapping
    @Operation(
            summary = "Send the newest source data again, through the mapping and the rules as they are now",
            description =
                    "A destination that has the order gets an update, never a second create. Facts go where they were"
                            + " never delivered; with force everywhere. Refused for a cancelled order, and once the order's"
                            + " personal data is gone.")
    public Republished republish(
            @PathVariable long id, @RequestBody(required = false) @Nullable Republish body, Caller caller) {
        orders.require(id);
        Republisher serves = republisher.getIfAvailable();
        if (serves == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        return serves.republish(id, body != null && Boolean.TRUE.equals(body.force()), caller.name());
    }
}

package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.flow.WithheldFacts;
import io.waybill.ledger.DeliveryRow;
import io.waybill.ledger.DeliveryViews;
import io.waybill.ledger.DeliveryWhole;
import io.waybill.ledger.ManualRetries;
import io.waybill.ledger.Slice;
import io.waybill.order.WaybillException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/deliveries")
@Tag(name = "deliveries")
public class DeliveriesApi {
    private final DeliveryViews deliveries;
    private final ManualRetries retries;
    private final ObjectProvider<WithheldFacts> withheld;

    DeliveriesApi(DeliveryViews deliveries, ManualRetries retries, ObjectProvider<WithheldFacts> withheld) {
        this.deliveries = deliveries;
        this.retries = retries;
        this.withheld = withheld;
    }

    @GetMapping
    @Operation(summary = "Deliveries, newest first")
    public Slice<DeliveryRow> list(@ParameterObject DeliveryQuery query, @ParameterObject PageQuery page) {
        return deliveries.list(query.filter(), page.after(), page.size());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One delivery: last received, last mapped, last request, last response")
    public DeliveryWhole one(@PathVariable long id) {
        return deliveries.one(id);
    }

    @PostMapping("/{id}/retry")
    @Operation(
            summary = "Make a failed, unknown or waiting delivery due now",
            description = "For an unknown one this is your word that nothing arrived at the destination.")
    public DeliveryWhole retry(@PathVariable long id, Caller caller) {
        retries.delivery(id, caller.name());
        return deliveries.one(id);
    }

    @PostMapping("/{id}/send")
    @Operation(
            summary = "Send a withheld cancellation, shipment, return, label, status or tags after all",
            description =
                    "Against a rule or a policy; never what the channel cannot do, nor about an order that it does not"
                            + " have. Answers the delivery that carries it now. An order's own state is pushed instead.")
    public DeliveryWhole send(@PathVariable long id, Caller caller) {
        WithheldFacts serves = withheld.getIfAvailable();
        if (serves == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        return deliveries.one(serves.send(id, caller.name()));
    }

    @PostMapping("/retry")
    @Operation(
            summary = "Make the deliveries that fit the filters due now",
            description = "Failed ones and those that wait for a retry. Unknown ones only with state=unknown. At most "
                    + ManualRetries.MOST + " a call, newest first.")
    public ManualRetries.Bulk retryMany(@ParameterObject DeliveryQuery query, Caller caller) {
        return retries.deliveries(query.filter(), caller.name());
    }
}

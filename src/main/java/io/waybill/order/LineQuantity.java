package io.waybill.order;

/** How much of one order line a cancellation, shipment or return is about. */
public record LineQuantity(String id, int quantity) {
    public LineQuantity {
        Members.required("id", id);
        if (quantity < 1) {
            throw new IllegalArgumentException("quantity must be at least 1");
        }
    }
}

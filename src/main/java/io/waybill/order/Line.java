package io.waybill.order;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of an order. {@code quantity} is what was ordered; cancelled, shipped and returned are parts of it. */
public record Line(
        String id,
        @Nullable String sku,
        @Nullable String title,
        @Nullable String productId,
        @Nullable String variantId,
        int quantity,
        int cancelled,
        int shipped,
        int returned,
        @Nullable BigDecimal price,
        @Nullable BigDecimal discount,
        @Nullable BigDecimal tax,
        Map<String, String> attributes) {
    /** No order line needs more; a larger number is a mapping mistake. */
    private static final int MAX_QUANTITY = 10_000_000;

    public Line {
        attributes = Members.copy(attributes);
        Members.required("id", id);
        Members.quantity("quantity", quantity, MAX_QUANTITY);
        Members.quantity("cancelled", cancelled, quantity);
        Members.quantity("shipped", shipped, quantity);
        Members.quantity("returned", returned, quantity);
    }

    public Line withSku(String newSku) {
        return new Line(
                id,
                newSku,
                title,
                productId,
                variantId,
                quantity,
                cancelled,
                shipped,
                returned,
                price,
                discount,
                tax,
                attributes);
    }

    public Line withQuantity(int newQuantity) {
        return new Line(
                id,
                sku,
                title,
                productId,
                variantId,
                newQuantity,
                Math.min(cancelled, newQuantity),
                Math.min(shipped, newQuantity),
                Math.min(returned, newQuantity),
                price,
                discount,
                tax,
                attributes);
    }
}

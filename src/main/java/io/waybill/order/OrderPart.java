package io.waybill.order;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of a channel's {@code send}: which parts of an order leave for that destination. */
public enum OrderPart {
    LINES("lines"),
    CUSTOMER("customer"),
    SHIPPING_ADDRESS("shippingAddress"),
    BILLING_ADDRESS("billingAddress"),
    PAYMENTS("payments"),
    SHIPPING("shipping"),
    TAXES("taxes"),
    TOTALS("totals"),
    DISCOUNTS("discounts"),
    NOTE("note"),
    ATTRIBUTES("attributes"),
    TAGS("tags");

    /** Narrow on purpose: payments, discounts, taxes and the billing address only when asked for. */
    public static final Set<OrderPart> DEFAULT =
            Set.copyOf(EnumSet.of(LINES, CUSTOMER, SHIPPING_ADDRESS, SHIPPING, TOTALS, NOTE, ATTRIBUTES, TAGS));

    private final String word;

    OrderPart(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static OrderPart of(String word) {
        return Arrays.stream(values())
                .filter(part -> part.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" cannot be sent; use "
                        + Arrays.stream(values()).map(OrderPart::word).collect(Collectors.joining(", "))));
    }
}

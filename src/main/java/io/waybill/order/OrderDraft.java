package io.waybill.order;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A changed copy of an order in the making; {@link #build()} checks it like any other order. */
public final class OrderDraft {
    private String id;
    private @Nullable String number;
    private @Nullable Instant placedAt;
    private @Nullable Instant updatedAt;
    private @Nullable String reference;
    private @Nullable String version;
    private @Nullable String url;
    private Status status;
    private @Nullable String systemStatus;
    private @Nullable String paymentStatus;
    private @Nullable String fulfilmentStatus;
    private @Nullable String fulfilledBy;
    private String currency;
    private @Nullable Customer customer;
    private @Nullable Address shippingAddress;
    private @Nullable Address billingAddress;
    private List<Line> lines;
    private List<Order.Discount> discounts;
    private Order.@Nullable Shipping shipping;
    private List<Order.Payment> payments;
    private List<Order.Tax> taxes;
    private Order.@Nullable Totals totals;
    private @Nullable Instant shipBy;
    private List<String> tags;
    private @Nullable String note;
    private Map<String, String> attributes;

    OrderDraft(Order order) {
        this.id = order.id();
        this.number = order.number();
        this.placedAt = order.placedAt();
        this.updatedAt = order.updatedAt();
        this.reference = order.reference();
        this.version = order.version();
        this.url = order.url();
        this.status = order.status();
        this.systemStatus = order.systemStatus();
        this.paymentStatus = order.paymentStatus();
        this.fulfilmentStatus = order.fulfilmentStatus();
        this.fulfilledBy = order.fulfilledBy();
        this.currency = order.currency();
        this.customer = order.customer();
        this.shippingAddress = order.shippingAddress();
        this.billingAddress = order.billingAddress();
        this.lines = order.lines();
        this.discounts = order.discounts();
        this.shipping = order.shipping();
        this.payments = order.payments();
        this.taxes = order.taxes();
        this.totals = order.totals();
        this.shipBy = order.shipBy();
        this.tags = order.tags();
        this.note = order.note();
        this.attributes = order.attributes();
    }

    public OrderDraft number(@Nullable String value) {
        this.number = value;
        return this;
    }

    public OrderDraft updatedAt(@Nullable Instant value) {
        this.updatedAt = value;
        return this;
    }

    public OrderDraft reference(@Nullable String value) {
        this.reference = value;
        return this;
    }

    public OrderDraft version(@Nullable String value) {
        this.version = value;
        return this;
    }

    public OrderDraft status(Status value) {
        this.status = value;
        return this;
    }

    public OrderDraft systemStatus(@Nullable String value) {
        this.systemStatus = value;
        return this;
    }

    public OrderDraft lines(List<Line> value) {
        this.lines = value;
        return this;
    }

    public OrderDraft shipping(Order.@Nullable Shipping value) {
        this.shipping = value;
        return this;
    }

    public OrderDraft totals(Order.@Nullable Totals value) {
        this.totals = value;
        return this;
    }

    public OrderDraft tags(List<String> value) {
        this.tags = value;
        return this;
    }

    public OrderDraft note(@Nullable String value) {
        this.note = value;
        return this;
    }

    public OrderDraft attributes(Map<String, String> value) {
        this.attributes = value;
        return this;
    }

    OrderDraft keep(Set<OrderPart> parts) {
        lines = parts.contains(OrderPart.LINES) ? lines : List.of();
        customer = parts.contains(OrderPart.CUSTOMER) ? customer : null;
        shippingAddress = parts.contains(OrderPart.SHIPPING_ADDRESS) ? shippingAddress : null;
        billingAddress = parts.contains(OrderPart.BILLING_ADDRESS) ? billingAddress : null;
        payments = parts.contains(OrderPart.PAYMENTS) ? payments : List.of();
        shipping = parts.contains(OrderPart.SHIPPING) ? shipping : null;
        taxes = parts.contains(OrderPart.TAXES) ? taxes : List.of();
        totals = parts.contains(OrderPart.TOTALS) ? totals : null;
        discounts = parts.contains(OrderPart.DISCOUNTS) ? discounts : List.of();
        note = parts.contains(OrderPart.NOTE) ? note : null;
        attributes = parts.contains(OrderPart.ATTRIBUTES) ? attributes : Map.of();
        tags = parts.contains(OrderPart.TAGS) ? tags : List.of();
        return this;
    }

    public Order build() {
        return new Order(
                id,
                number,
                placedAt,
                updatedAt,
                reference,
                version,
                url,
                status,
                systemStatus,
                paymentStatus,
                fulfilmentStatus,
                fulfilledBy,
                currency,
                customer,
                shippingAddress,
                billingAddress,
                lines,
                discounts,
                shipping,
                payments,
                taxes,
                totals,
                shipBy,
                tags,
                note,
                attributes);
    }
}

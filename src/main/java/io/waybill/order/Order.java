package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of one order as its source told it. Amounts are in {@link #currency()}; those of the order lie within the
 * currency's digits, unit prices and rates may have six decimals.
 */
public record Order(
        String id,
        @Nullable String number,
        @Nullable Instant placedAt,
        @Nullable Instant updatedAt,
        @Nullable String reference,
        @JsonDeserialize(using = CanonicalModule.VersionReader.class) @Nullable String version,
        @Nullable String url,
        Status status,
        @Nullable String systemStatus,
        @Nullable String paymentStatus,
        @Nullable String fulfilmentStatus,
        @Nullable String fulfilledBy,
        String currency,
        @Nullable Customer customer,
        @Nullable Address shippingAddress,
        @Nullable Address billingAddress,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Line> lines,
        List<Discount> discounts,
        @Nullable Shipping shipping,
        List<Payment> payments,
        List<Tax> taxes,
        @Nullable Totals totals,
        @Nullable Instant shipBy,
        List<String> tags,
        @Nullable String note,
        Map<String, String> attributes) {
    /** A mapping that produces more lines is broken; the largest order asked for has 5,000. */
    public static final int MAX_LINES = 20_000;

    public record Discount(@Nullable String code, @Nullable BigDecimal amount) {}

    public record Shipping(@Nullable String method, @Nullable BigDecimal price, @Nullable BigDecimal tax) {}

    public record Payment(@Nullable String method, @Nullable BigDecimal amount, @Nullable String reference) {}

    public record Tax(@Nullable String title, @Nullable BigDecimal rate, @Nullable BigDecimal amount) {}

    public record Totals(
            @Nullable BigDecimal lines,
            @Nullable BigDecimal discount,
            @Nullable BigDecimal shipping,
            @Nullable BigDecimal tax,
            @Nullable BigDecimal total) {}

    public Order {
        Members.required("id", id);
        Members.required("status", status);
        Members.required("currency", currency);
        Members.required("lines", lines);
        lines = List.copyOf(lines);
        discounts = Members.copy(discounts);
        payments = Members.copy(payments);
        taxes = Members.copy(taxes);
        tags = Members.copy(tags);
        attributes = Members.copy(attributes);
        checkLines(lines);
        checkAmounts(Amounts.currency(currency), discounts, shipping, payments, taxes, totals);
    }

    /** The number people use for it: the shop's own, or the id where it has none. */
    @JsonIgnore
    public String displayNumber() {
        return number == null ? id : number;
    }

    /** True when the source says that all of it is cancelled. */
    @JsonIgnore
    public boolean isCancelled() {
        return status == Status.CANCELLED;
    }

    public Order withTags(List<String> newTags) {
        return new OrderDraft(this).tags(newTags).build();
    }

    /** What a destination gets: the parts named, and always id, number, reference, dates, status and currency. */
    public Order only(Set<OrderPart> parts) {
        return new OrderDraft(this).keep(parts).build();
    }

    public Order withLines(Predicate<Line> wanted) {
        return new OrderDraft(this)
                .lines(lines.stream().filter(wanted).toList())
                .build();
    }

    /** The same order without what changes at every save: two that are equal so mean nothing new. */
    @JsonIgnore
    public Order withoutVersion() {
        return new OrderDraft(this).version(null).updatedAt(null).build();
    }

    /** Starts a changed copy. */
    public OrderDraft change() {
        return new OrderDraft(this);
    }

    private static void checkLines(List<Line> lines) {
        if (lines.size() > MAX_LINES) {
            throw new InvalidEvent("lines", "has " + lines.size() + " lines; at most " + MAX_LINES + " are taken");
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!ids.add(lines.get(i).id())) {
                throw new InvalidEvent("lines[" + i + "].id", "the line id is used twice in this order");
            }
        }
    }

    private static void checkAmounts(
            Currency currency,
            List<Discount> discounts,
            @Nullable Shipping shipping,
            List<Payment> payments,
            List<Tax> taxes,
            @Nullable Totals totals) {
        for (int i = 0; i < discounts.size(); i++) {
            Amounts.within(
                    currency, "discounts[" + i + "].amount", discounts.get(i).amount());
        }
        for (int i = 0; i < payments.size(); i++) {
            Amounts.within(
                    currency, "payments[" + i + "].amount", payments.get(i).amount());
        }
        for (int i = 0; i < taxes.size(); i++) {
            Amounts.within(currency, "taxes[" + i + "].amount", taxes.get(i).amount());
        }
        if (shipping != null) {
            Amounts.within(currency, "shipping.price", shipping.price());
            Amounts.within(currency, "shipping.tax", shipping.tax());
        }
        if (totals != null) {
            Amounts.within(currency, "totals.lines", totals.lines());
            Amounts.within(currency, "totals.discount", totals.discount());
            Amounts.within(currency, "totals.shipping", totals.shipping());
            Amounts.within(currency, "totals.tax", totals.tax());
            Amounts.within(currency, "totals.total", totals.total());
        }
    }
}

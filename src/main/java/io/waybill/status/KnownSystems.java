package io.waybill.status;

import static io.waybill.order.Status.CANCELLED;
import static io.waybill.order.Status.DELIVERED;
import static io.waybill.order.Status.DRAFT;
import static io.waybill.order.Status.ON_HOLD;
import static io.waybill.order.Status.PAID;
import static io.waybill.order.Status.PARTIALLY_REFUNDED;
import static io.waybill.order.Status.PARTIALLY_SHIPPED;
import static io.waybill.order.Status.PENDING;
import static io.waybill.order.Status.PROCESSING;
import static io.waybill.order.Status.REFUNDED;
import static io.waybill.order.Status.RETURNED;
import static io.waybill.order.Status.SHIPPED;

import io.waybill.order.Status;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Words whose meaning in one system is known from its documentation. Where a system's word says different things depending
 * on other fields (Magento's processing, NetSuite's closed), it is not in here.
 */
final class KnownSystems {
    private static final Map<String, Map<String, Status>> ALL = new HashMap<>();

    static {
        system("shopify")
                .say(PENDING, "pending", "partially paid", "unpaid", "expired")
                .say(PAID, "authorized", "paid", "unfulfilled")
                .say(ON_HOLD, "on hold", "scheduled")
                .say(PROCESSING, "in progress", "open", "pending fulfilment", "request declined")
                .say(PARTIALLY_SHIPPED, "partial", "partially fulfilled")
                .say(SHIPPED, "fulfilled")
                .say(CANCELLED, "voided", "cancelled")
                .say(PARTIALLY_REFUNDED, "partially refunded")
                .say(REFUNDED, "refunded");
        system("woocommerce")
                .say(DRAFT, "checkout draft", "auto draft", "draft", "new")
                .say(PENDING, "pending", "pending payment")
                .say(ON_HOLD, "on hold")
                .say(PROCESSING, "processing", "ready for pickup")
                .say(PARTIALLY_SHIPPED, "partially shipped")
                .say(SHIPPED, "completed", "shipped")
                .say(DELIVERED, "delivered")
                .say(CANCELLED, "cancelled", "failed", "trash")
                .say(REFUNDED, "refunded");
        system("bigcommerce")
                .say(DRAFT, "0", "incomplete")
                .say(PENDING, "1", "pending", "7", "awaiting payment")
                .say(PAID, "11", "awaiting fulfilment")
                .say(ON_HOLD, "12", "manual verification required", "manual verification", "13", "disputed")
                .say(PROCESSING, "9", "awaiting shipment", "8", "awaiting pickup")
                .say(PARTIALLY_SHIPPED, "3", "partially shipped")
                .say(SHIPPED, "2", "shipped", "10", "completed")
                .say(CANCELLED, "5", "cancelled", "6", "declined")
                .say(PARTIALLY_REFUNDED, "14", "partially refunded")
                .say(REFUNDED, "4", "refunded");
        system("squarespace").say(SHIPPED, "fulfilled").say(CANCELLED, "cancelled");
        system("etsy")
                .say(PENDING, "open", "payment processing")
                .say(PAID, "paid")
                .say(SHIPPED, "completed")
                .say(CANCELLED, "cancelled")
                .say(PARTIALLY_REFUNDED, "partially refunded")
                .say(REFUNDED, "fully refunded");
        system("ebay")
                .say(PENDING, "pending", "failed")
                .say(PAID, "not started")
                .say(ON_HOLD, "cancel requested")
                .say(PARTIALLY_SHIPPED, "in progress")
                .say(SHIPPED, "fulfilled")
                .say(CANCELLED, "cancelled")
                .say(PARTIALLY_REFUNDED, "partially refunded")
                .say(REFUNDED, "fully refunded");
        system("amazon")
                .say(PENDING, "pending availability", "pending")
                .say(PAID, "unshipped", "invoice unconfirmed")
                .say(PROCESSING, "received", "planning", "processing")
                .say(PARTIALLY_SHIPPED, "partially shipped", "complete partial", "complete partialled")
                .say(SHIPPED, "shipped", "complete")
                .say(DELIVERED, "delivered")
                .say(CANCELLED, "cancelled", "unfulfillable", "invalid")
                .say(RETURNED, "returned");
        system("walmart")
                .say(PAID, "created")
                .say(PROCESSING, "acknowledged")
                .say(SHIPPED, "shipped")
                .say(DELIVERED, "delivered")
                .say(CANCELLED, "cancelled");
        system("tiktok")
                .say(PENDING, "unpaid")
                .say(ON_HOLD, "on hold")
                .say(PROCESSING, "awaiting shipment", "awaiting collection")
                .say(PARTIALLY_SHIPPED, "partially shipping")
                .say(SHIPPED, "in transit")
                .say(DELIVERED, "delivered", "completed")
                .say(CANCELLED, "cancelled");
        system("odoo")
                .say(DRAFT, "draft")
                .say(PENDING, "sent")
                .say(PROCESSING, "started")
                .say(PARTIALLY_SHIPPED, "partial")
                .say(SHIPPED, "full")
                .say(CANCELLED, "cancel");
        system("doba")
                .say(PENDING, "awaiting payment", "awaiting payment confirmation")
                .say(PAID, "pending", "funded", "awaiting supplier acceptance")
                .say(ON_HOLD, "on hold", "hold input needed", "error contact support", "in chargeback")
                .say(PROCESSING, "unshipped", "awaiting shipment", "processing", "shipment pending")
                .say(SHIPPED, "in transit", "shipped")
                .say(DELIVERED, "completed", "delivered")
                .say(CANCELLED, "closed", "cancelled", "payment declined", "fraudulent order")
                .say(RETURNED, "returned");
        system("magento")
                .say(PENDING, "new", "pending payment", "pending")
                .say(ON_HOLD, "on hold", "payment review", "fraud")
                .say(SHIPPED, "complete")
                .say(CANCELLED, "cancelled")
                .say(REFUNDED, "closed");
        system("shipstation")
                .say(PENDING, "awaiting payment")
                .say(PAID, "awaiting shipment")
                .say(ON_HOLD, "on hold")
                .say(PROCESSING, "pending fulfilment")
                .say(SHIPPED, "shipped")
                .say(CANCELLED, "cancelled");
        system("ordoro")
                .say(PENDING, "new")
                .say(PAID, "awaiting fulfilment")
                .say(PROCESSING, "dropshipment requested", "in process")
                .say(SHIPPED, "shipped")
                .say(CANCELLED, "cancelled");
        system("netsuite")
                .say(PENDING, "pending approval", "sales ord a")
                .say(PROCESSING, "pending fulfilment", "sales ord b")
                .say(CANCELLED, "cancelled", "sales ord c")
                .say(PARTIALLY_SHIPPED, "partially fulfilled", "sales ord d", "sales ord e")
                .say(SHIPPED, "pending billing", "billed", "sales ord f", "sales ord g");
    }

    private KnownSystems() {}

    static @Nullable Status meaning(String system, String normalised) {
        return ALL.getOrDefault(system.toLowerCase(Locale.ROOT), Map.of()).get(normalised);
    }

    private static Sayings system(String name) {
        return new Sayings(ALL.computeIfAbsent(name, key -> new HashMap<>()));
    }

    private record Sayings(Map<String, Status> words) {
        Sayings say(Status status, String... normalised) {
            for (String word : normalised) {
                words.put(word, status);
            }
            return this;
        }
    }
}

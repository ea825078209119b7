package io.waybill.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.Status;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AutoMapTest {
    @ParameterizedTest
    @EnumSource
    void knowsOurOwnWordsInAnySpelling(Status status) {
        String word = status.word();
        for (String spelt : List.of(
                word, word.toUpperCase(java.util.Locale.ROOT), "wc-" + word.replace('_', '-'), "  " + word + " ")) {
            assertThat(one("", spelt).status()).isEqualTo(status);
            assertThat(one("", spelt).isLikely()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Canceled, cancelled",
        "CANCELLED_BY_SELLER, cancelled",
        "voided, cancelled",
        "PartiallyShipped, partially_shipped",
        "partially fulfilled, partially_shipped",
        "Partial refund, partially_refunded",
        "partially_paid, pending",
        "refunded in full, refunded",
        "Returned to sender, returned",
        "in transit, shipped",
        "out-for-delivery, shipped",
        "Dispatched, shipped",
        "fulfilled, shipped",
        "holded, on_hold",
        "OnHold, on_hold",
        "Manual Verification Required, on_hold",
        "payment review, on_hold",
        "Suspected fraud, on_hold",
        "being packed, processing",
        "Acknowledged, processing",
        "authorised, paid",
        "Payment captured, paid",
        "Awaiting payment, pending",
        "unpaid, pending",
        "not paid, pending",
        "waiting for payment, pending",
        "unfulfilled, paid",
        "Unshipped, paid",
        "awaiting_fulfillment, paid",
        "Ready to ship, paid",
        "to be shipped, paid",
        "not shipped, paid",
        "awaiting shipment, paid",
        "shipping label created, paid",
        "ready for pickup, processing",
        "New, pending",
        "Incomplete, draft",
    })
    void proposesWhatIsLikely(String word, String status) {
        Proposal proposal = one("some-shop", word);
        assertThat(proposal.status()).isEqualTo(Status.of(status));
        assertThat(proposal.isLikely()).as(proposal.toString()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Closed",
        "Payment failed",
        "declined",
        "Completed",
        "refund pending",
        "Return requested",
        "cancel requested",
        "delivery failed",
        "shipment exception",
        "partially delivered",
    })
    void isNotSureOfWhatSystemsUseDifferently(String word) {
        Proposal proposal = one("some-shop", word);
        assertThat(proposal.status()).isNotNull();
        assertThat(proposal.isLikely()).as(proposal.toString()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Versendet", "42", "'???'", "'   '", "partial", "🚚", "zzz", "Backordered"})
    void proposesNothingForWhatItDoesNotUnderstand(String word) {
        Proposal proposal = one("some-shop", word);
        assertThat(proposal.status()).isNull();
        assertThat(proposal.confidence()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "doba, Closed, cancelled",
        "magento, closed, refunded",
        "woocommerce, wc-completed, shipped",
        "etsy, completed, shipped",
        "tiktok, COMPLETED, delivered",
        "bigcommerce, Pending, pending",
        "bigcommerce, 11, paid",
        "doba, pending, paid",
        "doba, Awaiting Payment (Confirmation), pending",
        "doba, Hold – Input Needed, on_hold",
        "amazon, Unshipped, paid",
        "amazon, PendingAvailability, pending",
        "tiktok, AWAITING_SHIPMENT, processing",
        "shipstation, awaiting_shipment, paid",
        "netsuite, SalesOrd:B, processing",
        "odoo, full, shipped",
    })
    void knowsWhatAWordMeansInItsOwnSystem(String system, String word, String status) {
        Proposal proposal = one(system, word);
        assertThat(proposal.status()).isEqualTo(Status.of(status));
        assertThat(proposal.confidence()).isEqualTo(0.95);
        assertThat(proposal.because()).contains(system);
    }

    @ParameterizedTest
    @CsvSource({"Awaiting payment", "not shipped", "Ready to ship", "cancel requested", "refund failed", "unpaid"})
    void takesNothingThatHasNotHappenedForDone(String word) {
        assertThat(one("some-shop", word).status())
                .isNotIn(Status.SHIPPED, Status.CANCELLED, Status.REFUNDED, Status.DELIVERED);
    }

    @Test
    void answersForEachWordOnceInTheirOrder() {
        assertThat(AutoMap.propose("", Arrays.asList("b", "a", "b")).stream().map(Proposal::word))
                .containsExactly("b", "a");
    }

    private static Proposal one(String system, String word) {
        return AutoMap.propose(system, List.of(word)).get(0);
    }
}

/**
 * REST over the ledger, under {@code /api}. Controllers only translate; every failure leaves as problem+json through {@link
 * io.waybill.api.Problems}.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.api;

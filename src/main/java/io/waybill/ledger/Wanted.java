package io.waybill.ledger;

import org.jspecify.annotations.Nullable;

/** Which order an event is about, as its sender names it: its id there, and our number where it was stamped. */
public record Wanted(String channel, String orderId, @Nullable String reference) {}

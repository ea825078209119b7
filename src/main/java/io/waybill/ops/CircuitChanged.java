package io.waybill.ops;

/** @param circuit closed, open or half-open */
record CircuitChanged(String channel, String circuit) {}

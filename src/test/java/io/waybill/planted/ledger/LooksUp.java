package io.waybill.planted.ledger;

import io.waybill.planted.flow.Step;

/** Planted: a ledger that knows the flow. */
public final class LooksUp {
    Class<?> step() {
        return Step.class;
    }
}

package io.waybill.planted.flow;

import io.waybill.planted.ledger.LooksUp;
import org.apache.camel.Exchange;

/** Planted, and right: the flow knows the ledger and Camel. */
public final class Step {
    Class<?> exchange() {
        return Exchange.class;
    }

    Class<?> ledger() {
        return LooksUp.class;
    }
}

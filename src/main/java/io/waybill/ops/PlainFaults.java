package io.waybill.ops;

import io.waybill.order.WaybillException;
import java.util.function.Supplier;

/** Faults as remote clients can read them, who have none of our classes. */
final class PlainFaults {
    private PlainFaults() {}

    static <T> T plain(Supplier<T> work) {
        try {
            return work.get();
        } catch (WaybillException e) {
            throw new IllegalStateException(e.getMessage() + " [" + e.code().code() + "]");
        }
    }
}

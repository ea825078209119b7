package io.waybill.ops;

import io.waybill.flow.Routes;
import io.waybill.order.WaybillException;
import java.util.Set;

/** The channels that serve: none while the server starts or stops. */
final class Serving {
    private Serving() {}

    static Set<String> channels(Routes routes) {
        try {
            return Set.copyOf(routes.bundle().channels().keySet());
        } catch (WaybillException e) {
            return Set.of();
        }
    }
}

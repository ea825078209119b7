package io.waybill.flow;

import io.waybill.ledger.Withheld;
import io.waybill.order.WaybillException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders that a broken rule held back are decided again by themselves once another bundle serves. */
final class MendedRules {
    private static final Logger log = LoggerFactory.getLogger(MendedRules.class);
    private static final String WHO = "waybill";

    private final Routes routes;
    private final Withheld withheld;
    private final Pusher pusher;
    private String decidedWith = "";

    MendedRules(Routes routes, Withheld withheld, Pusher pusher) {
        this.routes = routes;
        this.withheld = withheld;
        this.pusher = pusher;
    }

    /** Cheap while nothing changed. */
    void decideAgain() {
        String serving = routes.bundle().hash();
        if (serving.equals(decidedWith)) {
            return;
        }
        List<Long> orders = withheld.byBrokenRule(0);
        while (!orders.isEmpty()) {
            orders.forEach(this::again);
            orders = withheld.byBrokenRule(orders.get(orders.size() - 1));
        }
        decidedWith = serving;
    }

    private void again(long order) {
        withheld.settled(order);
        try {
            pusher.decideAgain(order, WHO);
        } catch (WaybillException e) {
            log.atWarn()
                    .addKeyValue("order", order)
                    .addKeyValue("code", e.code().code())
                    .log("Not decided again");
        }
    }
}

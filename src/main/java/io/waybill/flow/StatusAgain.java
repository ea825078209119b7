package io.waybill.flow;

import io.waybill.ledger.Decided;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Statuses;
import io.waybill.ledger.Verdict;
import io.waybill.order.StatusChanged;
import io.waybill.order.WaybillException;
import org.jspecify.annotations.Nullable;

/** Sends a status that the ledger knows already on its way to one channel, decided anew by the routes. */
public final class StatusAgain {
    private static final int TRIES = 5;

    private final Ledger ledger;
    private final Statuses statuses;
    private final Decisions decisions;
    private final Wake deliveries;

    StatusAgain(Routes routes, Ledger ledger, Statuses statuses, Wake deliveries) {
        this.ledger = ledger;
        this.statuses = statuses;
        this.decisions = new Decisions(routes);
        this.deliveries = deliveries;
    }

    /**
     * @param event the ledger's id of it
     * @return null when it is on its way, else why it is not
     */
    public @Nullable String send(long order, long event, StatusChanged changed, String from, String to) {
        for (int i = 0; i < TRIES; i++) {
            Known known = ledger.look(order);
            if (known == null) {
                throw new WaybillException(FlowError.UNKNOWN_ORDER, "There is no order " + order + ".");
            }
            Decided decided = decisions.on(changed, from, known.tagged(), known).decided().stream()
                    .filter(d -> d.channel().equals(to))
                    .findFirst()
                    .orElse(null);
            if (decided == null) {
                return to + " does not have this order.";
            }
            if (decided.verdict() != Verdict.PUBLISH) {
                return decided.reason() == null ? decided.verdict().word() : decided.reason();
            }
            if (statuses.publish(known, event, decided)) {
                deliveries.signal();
                return null;
            }
        }
        throw new WaybillException(FlowError.OVERLOADED, "The order keeps changing. Run it again.");
    }
}

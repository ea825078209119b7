package io.waybill.flow;

import io.waybill.ledger.Decided;
import io.waybill.ledger.Known;
import io.waybill.ledger.KnownFact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerError;
import io.waybill.ledger.Verdict;
import io.waybill.order.WaybillException;
import java.util.Map;
import java.util.Set;

/**
 * What was told about an order before a channel had it: decided again once the channel is given the order, and sent after
 * its create.
 */
final class UntoldFacts {
    private final Ledger ledger;
    private final Decisions decisions;

    UntoldFacts(Routes routes, Ledger ledger) {
        this.ledger = ledger;
        this.decisions = new Decisions(routes);
    }

    /** An order that changes under this is left as it is: whoever changed it comes here as well, or a person sends by hand. */
    void tell(long order, String by) {
        Map<Long, Set<String>> untold = ledger.untold(order);
        if (untold.isEmpty()) {
            return;
        }
        for (KnownFact fact : ledger.facts(order)) {
            for (String channel : untold.getOrDefault(fact.eventId(), Set.of())) {
                tell(order, fact, channel, by);
            }
        }
    }

    private void tell(long order, KnownFact fact, String channel, String by) {
        Known known = ledger.look(order);
        boolean there = fact.delivered().contains(channel)
                || fact.open().contains(channel)
                || fact.failed().containsKey(channel);
        if (known == null || known.cancelled() || there || !known.isLinked(channel)) {
            return;
        }
        decisions.on(fact.event(), fact.from(), known.tagged(), known).decided().stream()
                .filter(decided -> decided.channel().equals(channel) && decided.verdict() == Verdict.PUBLISH)
                .findFirst()
                .ifPresent(decided -> send(known, fact, decided, by));
    }

    private void send(Known known, KnownFact fact, Decided decided, String by) {
        try {
            ledger.send(known, fact, decided, by);
        } catch (WaybillException e) {
            if (e.code() != LedgerError.WRONG_STATE) {
                throw e;
            }
            // It is about lines that the channel was not given: it stays withheld.
        }
    }
}

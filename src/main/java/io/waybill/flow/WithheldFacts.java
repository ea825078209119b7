package io.waybill.flow;

import io.waybill.channel.Channel;
import io.waybill.ledger.Decided;
import io.waybill.ledger.Known;
import io.waybill.ledger.KnownFact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerError;
import io.waybill.ledger.Verdict;
import io.waybill.order.OrderReturned;
import io.waybill.order.WaybillException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Sends a fact by hand where a rule or a policy withheld it. What a channel cannot do, or never had, stays withheld. */
public final class WithheldFacts {
    private static final int TRIES = 5;

    private final Routes routes;
    private final Ledger ledger;
    private final Decisions decisions;
    private final Wake deliveries;

    public WithheldFacts(Routes routes, Ledger ledger, Wake deliveries) {
        this.routes = routes;
        this.ledger = ledger;
        this.decisions = new Decisions(routes);
        this.deliveries = deliveries;
    }

    /**
     * @param delivery the withheld one
     * @param by who does it, for the audit log, which is written here
     * @return the delivery that carries the fact now
     */
    public long send(long delivery, String by) {
        for (int i = 0; i < TRIES; i++) {
            OptionalLong sent = attempt(delivery, by);
            if (sent.isPresent()) {
                deliveries.signal();
                return sent.getAsLong();
            }
        }
        throw new WaybillException(FlowError.OVERLOADED, "The order keeps changing. Try again.");
    }

    private OptionalLong attempt(long delivery, String by) {
        Ledger.Standing standing = ledger.standing(delivery);
        Known known = standing == null ? null : ledger.look(standing.order());
        if (standing == null || known == null) {
            throw new WaybillException(FlowError.UNKNOWN_DELIVERY, "There is no delivery " + delivery + ".");
        }
        if (!standing.state().equals("withheld")) {
            throw refused(
                    "Delivery " + delivery + " is " + standing.state() + ". Only withheld ones are sent by hand.");
        }
        if (standing.ofState()) {
            throw refused("Delivery " + delivery + " is of the order's state. Push the order: POST /api/orders/"
                    + standing.order() + "/push.");
        }
        KnownFact fact = fact(standing);
        requireNotThere(fact, standing.channel());
        return ledger.send(known, fact, allowed(known, fact, standing.channel()), by);
    }

    private KnownFact fact(Ledger.Standing standing) {
        return ledger.facts(standing.order()).stream()
                .filter(fact -> fact.eventId() == standing.event())
                .findFirst()
                .orElseThrow(() -> refused("It is no news any more. Nothing is sent."));
    }

    private static void requireNotThere(KnownFact fact, String channel) {
        if (fact.delivered().contains(channel)) {
            throw refused(channel + " has it already.");
        }
        if (fact.open().contains(channel)) {
            throw refused("It is on its way to " + channel + " already.");
        }
        if (fact.failed().containsKey(channel)) {
            throw refused("It was sent to " + channel + " and failed. Retry delivery "
                    + fact.failed().get(channel) + ".");
        }
    }

    /** Decided as of now: what was withheld since nobody had linked the order may be welcome today. */
    private Decided allowed(Known known, KnownFact fact, String channel) {
        Decided now = decisions.on(fact.event(), fact.from(), known.tagged(), known).decided().stream()
                .filter(decided -> decided.channel().equals(channel))
                .findFirst()
                .orElseThrow(() -> refused(channel + " is no destination of this any more."));
        boolean overruled =
                switch (now.verdict()) {
                    case PUBLISH, RULE, RULE_ERROR, POLICY -> true;
                    case CAPABILITY, NOT_LINKED, SHADOW -> false;
                };
        if (!overruled) {
            throw refused(String.valueOf(now.reason()));
        }
        return operation(fact, now).with(Verdict.PUBLISH, null);
    }

    /** Who sends a return by hand means the money too. */
    private Decided operation(KnownFact fact, Decided decided) {
        @Nullable Channel channel = routes.bundle().channel(decided.channel()).orElse(null);
        return channel != null && fact.event() instanceof OrderReturned returned
                ? decided.by(Returns.operation(channel, returned, true).word())
                : decided;
    }

    private static WaybillException refused(String why) {
        return new WaybillException(LedgerError.WRONG_STATE, why);
    }
}

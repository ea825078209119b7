package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.ledger.Decided;
import io.waybill.ledger.Known;
import io.waybill.ledger.KnownFact;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Receipts;
import io.waybill.ledger.Republication;
import io.waybill.ledger.Verdict;
import io.waybill.order.EventJson;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import io.waybill.order.WaybillException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the newest message about an order again, decides again, and lets the ledger carry it out as the next revision. */
public final class Republishing implements Republisher {
    private static final int TRIES = 5;

    private final Receipts receipts;
    private final Reading reading;
    private final Ledger ledger;
    private final Decisions decisions;
    private final Wake deliveries;

    public Republishing(Routes routes, Receipts receipts, Reading reading, Ledger ledger, Wake deliveries) {
        this.receipts = receipts;
        this.reading = reading;
        this.ledger = ledger;
        this.decisions = new Decisions(routes);
        this.deliveries = deliveries;
    }

    @Override
    public Republished republish(long orderId, boolean force, String by) {
        for (int i = 0; i < TRIES; i++) {
            Known known = ledger.look(orderId);
            if (known == null) {
                throw new WaybillException(FlowError.UNKNOWN_ORDER, "There is no order " + orderId + ".");
            }
            known.requireNotCancelled();
            Plan plan = plan(known, force);
            if (ledger.republish(plan.republication(), by)) {
                deliveries.signal();
                return plan.result();
            }
        }
        throw new WaybillException(FlowError.OVERLOADED, "The order keeps changing. Try again.");
    }

    private record Plan(Republication republication, Republished result) {}

    private Plan plan(Known known, boolean force) {
        @Nullable Order mapped = mapped(known);
        OrderChanged newest = new OrderChanged(mapped == null ? known.newest() : mapped);
        Decisions.Made made = decisions.on(newest, known.channel(), newest.order(), known);
        List<Decided> decided = made.decided();
        List<Republication.Fact> facts = facts(linkedTo(known, decided), made.state(), force);
        boolean changed = mapped != null && !mapped.equals(known.newest());
        return new Plan(
                new Republication(
                        known,
                        made.state(),
                        new String(EventJson.write(newest), UTF_8),
                        decided,
                        facts,
                        Map.of("force", force, "mapped", mapped != null, "facts", facts.size())),
                new Republished(
                        mapped != null,
                        changed,
                        decided.stream()
                                .map(d -> new PushResult.Destination(
                                        d.channel(), d.verdict() == Verdict.PUBLISH, d.reason()))
                                .toList(),
                        facts.stream().map(Republishing::shown).toList()));
    }

    /** Null when the message as it arrived is no longer kept. A mapping that cannot read it now is the caller's to know. */
    private @Nullable Order mapped(Known known) {
        Receipts.Claimed receipt = receipts.again(known.newestReceipt());
        if (receipt == null) {
            return null;
        }
        return reading.read(receipt).events().stream()
                .filter(OrderChanged.class::isInstance)
                .map(event -> ((OrderChanged) event).order())
                .filter(order -> order.id().equals(known.externalId()))
                .findFirst()
                .orElse(null);
    }

    /** A create that is only just decided counts: the facts go after it. */
    private static Known linkedTo(Known known, List<Decided> decided) {
        Set<String> linked = new HashSet<>(known.linked());
        decided.stream()
                .filter(d -> d.verdict() == Verdict.PUBLISH)
                .map(Decided::channel)
                .forEach(linked::add);
        return known.withLinked(linked);
    }

    private List<Republication.Fact> facts(Known known, Order state, boolean force) {
        List<Republication.Fact> again = new ArrayList<>();
        for (KnownFact fact : ledger.facts(known.id())) {
            List<Decided> published = decisions.on(fact.event(), fact.from(), state, known).decided().stream()
                    .filter(d -> d.verdict() == Verdict.PUBLISH)
                    .toList();
            List<Long> retries = published.stream()
                    .filter(d -> fact.failed().containsKey(d.channel()))
                    .map(d -> fact.failed().get(d.channel()))
                    .toList();
            Republication.Fact planned = new Republication.Fact(
                    fact, published.stream().filter(d -> goes(fact, d, force)).toList(), retries, round(fact, force));
            if (!planned.decisions().isEmpty() || !retries.isEmpty()) {
                again.add(planned);
            }
        }
        return again;
    }

    private static boolean goes(KnownFact fact, Decided decided, boolean force) {
        String channel = decided.channel();
        boolean underWay = fact.open().contains(channel) || fact.failed().containsKey(channel);
        return !underWay && (force || !fact.delivered().contains(channel));
    }

    private static int round(KnownFact fact, boolean force) {
        return force
                ? fact.sent().values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0)
                : 0;
    }

    private static Republished.Fact shown(Republication.Fact again) {
        List<String> channels =
                new ArrayList<>(again.decisions().stream().map(Decided::channel).toList());
        again.fact().failed().forEach((channel, id) -> {
            if (again.retries().contains(id)) {
                channels.add(channel);
            }
        });
        return new Republished.Fact(
                again.fact().event().type().word(), again.fact().event().id(), channels);
    }
}

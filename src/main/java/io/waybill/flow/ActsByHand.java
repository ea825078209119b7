package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.ledger.Decided;
import io.waybill.ledger.HandAct;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.TagsByHand;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.LineQuantity;
import io.waybill.order.Order;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderChanged;
import io.waybill.order.TagsGiven;
import io.waybill.order.WaybillException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides on what a person did to an order, and has the ledger commit it. */
public final class ActsByHand implements OrderActs {
    private static final int TRIES = 5;

    private final Ledger ledger;
    private final Decisions decisions;
    private final UntoldFacts untold;
    private final Wake deliveries;
    private final Clock clock;

    public ActsByHand(Routes routes, Ledger ledger, Wake deliveries, Clock clock) {
        this.ledger = ledger;
        this.decisions = new Decisions(routes);
        this.untold = new UntoldFacts(routes, ledger);
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Override
    public Tags tag(long orderId, List<String> wanted, String by) {
        List<String> tags = wanted.stream().distinct().toList();
        Tags done = repeated(orderId, known -> {
            known.requireNotCancelled();
            if (Set.copyOf(known.tags()).equals(Set.copyOf(tags))) {
                return Optional.of(new Tags(known.tags(), List.of()));
            }
            TagsByHand byHand = known.byHand().toward(known.tags(), tags);
            HandAct act = tagging(known.withTags(byHand), tags, byHand, by);
            return ledger.act(act).map(sent -> new Tags(given(act), sent));
        });
        untold.tell(orderId, by);
        deliveries.signal();
        return done;
    }

    /** The state is decided again with the new tags, then the tags themselves go where they can be set. */
    private HandAct tagging(Known known, List<String> wanted, TagsByHand byHand, String by) {
        OrderChanged newest = new OrderChanged(known.newest());
        Decisions.Made made = decisions.on(newest, known.channel(), newest.order(), known);
        TagsGiven given = new TagsGiven(
                known.externalId(), id(), clock.instant(), made.state().tags());
        return new HandAct(
                known,
                List.of(step(newest, made.state(), made.decided()), fact(given, known)),
                byHand,
                by,
                "tags",
                "order " + known.number(),
                Map.of("before", known.tags(), "wanted", wanted, "tags", given.tags()));
    }

    private static List<String> given(HandAct act) {
        return act.steps().stream()
                .filter(step -> step.event() instanceof TagsGiven)
                .map(step -> ((TagsGiven) step.event()).tags())
                .findFirst()
                .orElse(List.of());
    }

    @Override
    public Cancelled cancel(long orderId, List<LineQuantity> lines, @Nullable String reason, String by) {
        return repeated(orderId, known -> {
            Cancelling cancelling = new Cancelling(known, ledger.cancellable(known));
            OrderCancelled event = new OrderCancelled(
                    known.externalId(), id(), clock.instant(), "merchant", reason, cancelling.lines(lines));
            HandAct act = new HandAct(
                    known,
                    List.of(fact(event, known)),
                    null,
                    by,
                    "cancel",
                    "order " + known.number(),
                    reason == null
                            ? Map.of("id", event.id(), "lines", event.lines())
                            : Map.of("id", event.id(), "lines", event.lines(), "reason", reason));
            return ledger.act(act).map(sent -> new Cancelled(event.id(), event.lines(), sent));
        });
    }

    private HandAct.Step fact(Event event, Known known) {
        return step(
                event,
                null,
                decisions.on(event, HandAct.FROM, known.tagged(), known).decided());
    }

    private static HandAct.Step step(Event event, @Nullable Order state, List<Decided> decided) {
        return new HandAct.Step(event, state, new String(EventJson.write(event), UTF_8), decided);
    }

    private static String id() {
        return "by-hand:" + UUID.randomUUID();
    }

    private <T> T repeated(long orderId, Function<Known, Optional<T>> attempt) {
        for (int i = 0; i < TRIES; i++) {
            Known known = ledger.look(orderId);
            if (known == null) {
                throw new WaybillException(FlowError.UNKNOWN_ORDER, "There is no order " + orderId + ".");
            }
            Optional<T> result = attempt.apply(known);
            if (result.isPresent()) {
                deliveries.signal();
                return result.get();
            }
        }
        throw new WaybillException(FlowError.OVERLOADED, "The order keeps changing. Try again.");
    }
}

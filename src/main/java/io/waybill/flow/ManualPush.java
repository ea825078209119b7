package io.waybill.flow;

import io.waybill.channel.Channel;
import io.waybill.ledger.Decided;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Push;
import io.waybill.ledger.Verdict;
import io.waybill.order.Line;
import io.waybill.order.OrderChanged;
import io.waybill.order.WaybillException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A push by hand: now, to the channels named (none: wherever the rules say yes), obeying the rules unless forced. */
public final class ManualPush implements Pusher {
    private static final int TRIES = 5;

    private final Routes routes;
    private final Ledger ledger;
    private final Decisions decisions;
    private final UntoldFacts untold;
    private final Wake deliveries;

    public ManualPush(Routes routes, Ledger ledger, Wake deliveries) {
        this.routes = routes;
        this.ledger = ledger;
        this.decisions = new Decisions(routes);
        this.untold = new UntoldFacts(routes, ledger);
        this.deliveries = deliveries;
    }

    /** One destination's decision with what the person chose: {@code lines} null for what the rules publish. */
    private record Wish(Decided decided, @Nullable List<String> lines) {
        private boolean goes() {
            return decided.verdict() == Verdict.PUBLISH;
        }
    }

    @Override
    public PushResult push(long orderId, List<String> channels, List<String> lines, boolean force, String by) {
        channels.forEach(this::checkKnown);
        @Nullable List<String> chosen = lines.isEmpty() ? null : lines;
        return repeated(orderId, by, known -> {
            known.requireNotCancelled();
            checkLines(known, lines);
            List<Wish> wishes = decided(known).stream()
                    .filter(d -> channels.isEmpty() || channels.contains(d.channel()))
                    .map(d -> wish(known, d, chosen, force))
                    .toList();
            if (wishes.isEmpty()) {
                throw new WaybillException(
                        FlowError.NOTHING_TO_PUSH,
                        "None of these channels is a destination of orders from " + known.channel()
                                + ". Add it to destinations in routes/channels/" + known.channel() + ".yaml.");
            }
            return carriedOut(known, wishes, force, by);
        });
    }

    @Override
    public void decideAgain(long orderId, String by) {
        repeated(orderId, by, known -> ledger.push(known, decided(known), new Push(Map.of(), false, by)));
    }

    private <T> T repeated(long orderId, String by, Function<Known, Optional<T>> attempt) {
        for (int i = 0; i < TRIES; i++) {
            Known known = ledger.look(orderId);
            if (known == null) {
                throw new WaybillException(FlowError.UNKNOWN_ORDER, "There is no order " + orderId + ".");
            }
            Optional<T> result = attempt.apply(known);
            if (result.isPresent()) {
                untold.tell(orderId, by);
                deliveries.signal();
                return result.get();
            }
        }
        throw new WaybillException(FlowError.OVERLOADED, "The order keeps changing. Try again.");
    }

    private List<Decided> decided(Known known) {
        return decisions
                .on(new OrderChanged(known.newest()), known.channel(), known.newest(), known)
                .decided();
    }

    /** None when the order changed meanwhile. */
    private Optional<PushResult> carriedOut(Known known, List<Wish> wishes, boolean force, String by) {
        List<Decided> going =
                wishes.stream().filter(Wish::goes).map(Wish::decided).toList();
        Map<String, List<String>> lines = new HashMap<>();
        wishes.stream()
                .filter(wish -> wish.lines() != null)
                .forEach(wish -> lines.put(wish.decided().channel(), wish.lines()));
        Optional<Set<String>> done =
                going.isEmpty() ? Optional.of(Set.of()) : ledger.push(known, going, new Push(lines, force, by));
        return done.map(due ->
                new PushResult(wishes.stream().map(wish -> result(wish, due)).toList()));
    }

    private static PushResult.Destination result(Wish wish, Set<String> due) {
        Decided decided = wish.decided();
        if (!wish.goes()) {
            return new PushResult.Destination(decided.channel(), false, decided.reason());
        }
        boolean pushed = due.contains(decided.channel());
        return new PushResult.Destination(decided.channel(), pushed, pushed ? null : nothingNew(decided));
    }

    private static String nothingNew(Decided decided) {
        return decided.canUpdate()
                ? "It is there already, or on its way."
                : "It is there already, and " + decided.channel() + " takes no updates.";
    }

    private Wish wish(Known known, Decided d, @Nullable List<String> chosen, boolean force) {
        boolean overruled = force && (d.verdict() == Verdict.RULE || d.verdict() == Verdict.RULE_ERROR);
        Decided now = overruled ? d.with(Verdict.PUBLISH, null) : d.with(d.verdict(), d.reason());
        if (now.verdict() != Verdict.PUBLISH) {
            return new Wish(now, null);
        }
        List<String> byRule = d.overlay().lines();
        @Nullable List<String> lines = chosen;
        if (force && chosen == null && byRule != null) {
            lines = known.newest().lines().stream().map(Line::id).toList();
        } else if (!force && chosen != null && byRule != null) {
            lines = chosen.stream().filter(byRule::contains).toList();
            if (lines.isEmpty()) {
                return new Wish(
                        now.with(Verdict.RULE, "A line rule keeps these lines from " + d.channel() + "."), null);
            }
        }
        return whole(known, now, lines);
    }

    /** A channel that takes no parts gets all or nothing. */
    private Wish whole(Known known, Decided decided, @Nullable List<String> lines) {
        boolean torn = lines != null && !lines.containsAll(wanted(known, decided));
        boolean whole = routes.bundle()
                .channel(decided.channel())
                .filter(Channel::partial)
                .isEmpty();
        return torn && whole
                ? new Wish(decided.with(Verdict.CAPABILITY, Publishing.wholeOnly(decided.channel())), null)
                : new Wish(decided, lines);
    }

    private static List<String> wanted(Known known, Decided decided) {
        List<String> byRule = decided.overlay().lines();
        return byRule != null
                ? byRule
                : known.newest().lines().stream().map(Line::id).toList();
    }

    private void checkKnown(String channel) {
        if (routes.bundle().channel(channel).isEmpty()) {
            throw new WaybillException(
                    FlowError.UNKNOWN_CHANNEL, "There is no channel \"" + channel + "\". See GET /api/channels.");
        }
    }

    private static void checkLines(Known known, List<String> lines) {
        lines.stream()
                .filter(id -> known.newest().lines().stream()
                        .noneMatch(line -> line.id().equals(id)))
                .findFirst()
                .ifPresent(id -> {
                    throw new WaybillException(
                            FlowError.NOTHING_TO_PUSH,
                            "Order " + known.number() + " has no line \"" + id + "\". See GET /api/orders/" + known.id()
                                    + ".");
                });
    }
}

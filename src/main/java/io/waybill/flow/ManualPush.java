package io.waybill.flow;

import io.waybill.ledger.Decided;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Verdict;
import io.waybill.order.OrderChanged;
import io.waybill.order.WaybillException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A push by hand: now, to the channels named (none: wherever the rules say yes), obeying the rules unless forced. */
public final class ManualPush implements Pusher {
    private static final int TRIES = 5;

    private final Routes routes;
    private final Ledger ledger;
    private final Decisions decisions;
    private final Wake deliveries;

    public ManualPush(Routes routes, Ledger ledger, Wake deliveries) {
        this.routes = routes;
        this.ledger = ledger;
        this.decisions = new Decisions(routes);
        this.deliveries = deliveries;
    }

    @Override
    public PushResult push(long orderId, List<String> channels, List<String> lines, boolean force, String by) {
        channels.forEach(this::checkKnown);
        @Nullable List<String> chosen = lines.isEmpty() ? null : lines;
        for (int i = 0; i < TRIES; i++) {
            Known known = known(orderId);
            checkLines(known, lines);
            List<Decided> decided =
                    decisions
                            .on(new OrderChanged(known.newest()), known.channel(), known.newest(), known)
                            .decided()
                            .stream()
                            .filter(d -> channels.isEmpty() || channels.contains(d.channel()))
                            .map(d -> now(d, force))
                            .toList();
            if (decided.isEmpty()) {
                throw new WaybillException(
                        FlowError.NOTHING_TO_PUSH,
                        "None of these channels is a destination of orders from " + known.channel()
                                + ". Add it to destinations in routes/channels/" + known.channel() + ".yaml.");
            }
            if (ledger.push(known, decided, chosen, by)) {
                deliveries.signal();
                return new PushResult(decided.stream()
                        .map(d -> new PushResult.Destination(d.channel(), d.verdict() == Verdict.PUBLISH, d.reason()))
                        .toList());
            }
        }
        throw new WaybillException(FlowError.OVERLOADED, "The order keeps changing. Try again.");
    }

    private Known known(long orderId) {
        Known known = ledger.look(orderId);
        if (known == null) {
            throw new WaybillException(FlowError.UNKNOWN_ORDER, "There is no order " + orderId + ".");
        }
        return known;
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

    private static Decided now(Decided d, boolean force) {
        boolean overruled = force && (d.verdict() == Verdict.RULE || d.verdict() == Verdict.RULE_ERROR);
        return new Decided(
                d.channel(),
                overruled ? Verdict.PUBLISH : d.verdict(),
                overruled ? null : d.reason(),
                d.operation(),
                d.canUpdate(),
                false,
                d.reference(),
                d.overlay(),
                d.trace());
    }
}

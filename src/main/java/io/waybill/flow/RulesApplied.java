package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.ledger.Decided;
import io.waybill.ledger.InForce;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OrderFilter;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrderViews;
import io.waybill.ledger.Push;
import io.waybill.ledger.Slice;
import io.waybill.ledger.Verdict;
import io.waybill.order.OrderChanged;
import io.waybill.order.WaybillException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Rules, drafts or those that serve, applied to orders that were decided long ago: first counted, then carried out when the
 * count is confirmed. Read page by page; each order is decided again and committed by itself, in the way of a push by hand, so that
 * an order is never created twice. What was done stays done when it is interrupted, and asked again it counts the rest.
 */
public final class RulesApplied {
    private static final int PAGE = 200;
    private static final int TRIES = 5;

    private final Routes routes;
    private final Decisions decisions;
    private final Ledger ledger;
    private final OrderViews orders;
    private final UntoldFacts untold;
    private final Wake deliveries;
    private final AtomicBoolean running = new AtomicBoolean();

    RulesApplied(Routes routes, Ledger ledger, OrderViews orders, Wake deliveries) {
        this.routes = routes;
        this.decisions = new Decisions(routes);
        this.ledger = ledger;
        this.orders = orders;
        this.untold = new UntoldFacts(routes, ledger);
        this.deliveries = deliveries;
    }

    /**
     * @param drafts null for the rules that serve
     * @param sources whose orders; empty for those of all channels
     * @param destinations those that may change; empty for all
     * @param expect how many orders are to change, as counted before; null only counts
     * @param listed how many changes are told one by one
     */
    public record Wish(
            @Nullable Bundle drafts,
            Set<String> sources,
            OrderFilter filter,
            List<String> destinations,
            @Nullable Long expect,
            int listed,
            String by) {}

    /**
     * @param orders that fit the filter
     * @param changing those that would change, or did
     * @param applied false while it is only counted
     * @param changed orders that were changed just now
     * @param changes the first of them, one for each destination
     */
    public record Report(
            long orders,
            long changing,
            boolean applied,
            long changed,
            List<Destination> destinations,
            List<Change> changes) {}

    /**
     * @param published withheld so far, published from now on
     * @param withheld published so far and not sent yet, withheld from now on
     * @param otherwise published as before, with other lines, tags, attributes or marks
     * @param tooLate there already, and not to be changed there any more; left as they are
     */
    public record Destination(String channel, long published, long withheld, long otherwise, long tooLate) {}

    /** @param change published, withheld, otherwise or too-late */
    public record Change(
            long order, String number, String channel, String destination, String change, @Nullable String reason) {}

    public Report run(Wish wish) {
        if (!running.compareAndSet(false, true)) {
            throw new WaybillException(
                    FlowError.ALREADY_RUNNING, "Rules are being applied. Start this one when it has answered.");
        }
        try {
            Count count = counted(wish);
            if (wish.expect() == null) {
                return count.report(false, 0);
            }
            if (wish.expect() != count.changing.size()) {
                throw new WaybillException(
                        FlowError.COUNT_CONFLICT,
                        "It would change " + count.changing.size() + " orders, and " + wish.expect()
                                + " were expected. Nothing was changed. Look at the preview again.");
            }
            long changed =
                    count.changing.stream().filter(id -> isChanged(id, wish)).count();
            return count.report(true, changed);
        } finally {
            running.set(false);
        }
    }

    private Count counted(Wish wish) {
        Count count = new Count(wish.listed());
        @Nullable String cursor = null;
        do {
            Slice<OrderRow> page = orders.list(wish.filter(), cursor, PAGE);
            List<Long> ids = page.items().stream().map(OrderRow::id).toList();
            ledger.inForce(ids).forEach(order -> count.add(order, decided(order, wish)));
            cursor = page.next();
        } while (cursor != null);
        return count;
    }

    /** One order's decisions by the rules in question; none for one that is not sent again whatever rules say. */
    private Decisions.@Nullable Made decided(InForce order, Wish wish) {
        if (order.redacted() || order.order().cancelled()) {
            return null;
        }
        var known = order.order();
        Bundle bundle = wish.drafts() == null ? routes.bundle() : wish.drafts();
        boolean meant = wish.sources().isEmpty() || wish.sources().contains(known.channel());
        if (!meant || bundle.channel(known.channel()).isEmpty()) {
            return null;
        }
        Decisions.Made made = decisions.on(
                bundle, new DryRun.Subject(known.channel(), new OrderChanged(known.newest()), known.newest(), known));
        return new Decisions.Made(
                made.state(),
                made.decided().stream()
                        .filter(d -> wish.destinations().isEmpty()
                                || wish.destinations().contains(d.channel()))
                        .toList());
    }

    private boolean isChanged(long id, Wish wish) {
        for (int i = 0; i < TRIES; i++) {
            List<InForce> found = ledger.inForce(List.of(id));
            Decisions.Made made = found.isEmpty() ? null : decided(found.get(0), wish);
            List<Decided> changing = made == null ? List.of() : changing(found.get(0), made);
            if (made == null || changing.isEmpty()) {
                return false;
            }
            if (ledger.push(
                            found.get(0).order(),
                            changing,
                            Push.ofRules(made.state().tags(), wish.by()))
                    .isPresent()) {
                untold.tell(id, wish.by());
                deliveries.signal();
                return true;
            }
        }
        return false;
    }

    private static List<Decided> changing(InForce order, Decisions.Made made) {
        return made.decided().stream()
                .filter(d -> RuleChange.of(order, d).isCarriedOut())
                .toList();
    }

    /** Adds up one preview; lives in one thread. */
    private static final class Count {
        private final int listed;
        private final List<Long> changing = new ArrayList<>();
        private final Map<String, Map<RuleChange, Long>> destinations = new TreeMap<>();
        private final List<Change> changes = new ArrayList<>();
        private long orders;

        private Count(int listed) {
            this.listed = listed;
        }

        private void add(InForce order, Decisions.@Nullable Made made) {
            orders++;
            if (made == null) {
                return;
            }
            made.decided().forEach(decided -> add(order, decided));
            if (!changing(order, made).isEmpty()) {
                changing.add(order.order().id());
            }
        }

        private void add(InForce order, Decided decided) {
            RuleChange change = RuleChange.of(order, decided);
            if (change == RuleChange.NONE) {
                return;
            }
            destinations
                    .computeIfAbsent(decided.channel(), name -> new EnumMap<>(RuleChange.class))
                    .merge(change, 1L, Long::sum);
            if (changes.size() < listed) {
                changes.add(new Change(
                        order.order().id(),
                        order.order().number(),
                        order.order().channel(),
                        decided.channel(),
                        change.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                        decided.verdict() == Verdict.PUBLISH ? null : decided.reason()));
            }
        }

        private Report report(boolean applied, long changed) {
            return new Report(
                    orders,
                    changing.size(),
                    applied,
                    changed,
                    destinations.entrySet().stream()
                            .map(each -> new Destination(
                                    each.getKey(),
                                    each.getValue().getOrDefault(RuleChange.PUBLISHED, 0L),
                                    each.getValue().getOrDefault(RuleChange.WITHHELD, 0L),
                                    each.getValue().getOrDefault(RuleChange.OTHERWISE, 0L),
                                    each.getValue().getOrDefault(RuleChange.TOO_LATE, 0L)))
                            .toList(),
                    List.copyOf(changes));
        }
    }
}

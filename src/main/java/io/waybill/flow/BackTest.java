package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.ledger.Known;
import io.waybill.ledger.OrderHistory;
import io.waybill.order.Event;
import io.waybill.order.Line;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import io.waybill.order.WaybillException;
import io.waybill.rule.Decision;
import io.waybill.rule.RuleTally;
import io.waybill.rule.RuleUse;
import io.waybill.rule.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Draft rules over the orders of the past, beside the rules that serve: what would be decided otherwise. Rules alone: where a
 * destination cannot take an event, or never had the order, nothing is asked. One at a time; nothing is written.
 */
public final class BackTest {
    private final OrderHistory history;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();

    public BackTest(OrderHistory history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    /**
     * @param since the orders received after this were looked at, each as it stands today
     * @param events orders and what was told about them
     * @param changed events that would go elsewhere, or otherwise
     * @param changes the first of them
     * @param rules by channel, how each draft rule fared
     */
    public record Report(
            Instant since,
            long orders,
            long events,
            long changed,
            List<Destination> destinations,
            List<Change> changes,
            Map<String, List<RuleUse>> rules) {}

    /**
     * @param decisions how many events the rules were asked about
     * @param publishedInstead withheld by the rules that serve, published by the drafts
     * @param withheldInstead published by the rules that serve, withheld by the drafts
     * @param otherwise published by both, but with other lines, tags, attributes or marks
     */
    public record Destination(
            String channel, long decisions, long publishedInstead, long withheldInstead, long otherwise) {}

    /**
     * @param channel who told the event
     * @param lines the ids of the lines that the drafts let through, where they differ
     */
    public record Change(
            long order,
            String number,
            String channel,
            String event,
            String destination,
            Verdict now,
            Verdict draft,
            @Nullable String reason,
            @Nullable List<String> lines) {}

    /**
     * @param channels whose rules are drafts
     * @param listed how many changes are told one by one
     */
    public Report run(Bundle serving, Bundle drafts, Set<String> channels, Duration past, int listed) {
        if (!running.compareAndSet(false, true)) {
            throw new WaybillException(
                    FlowError.ALREADY_RUNNING, "A back-test is running. Start this one when it has answered.");
        }
        try {
            Instant since = clock.instant().minus(past);
            Comparison comparison = new Comparison(serving, drafts, listed);
            history.forEach(since, channels, order -> comparison.add(order, channels));
            return comparison.report(since, channels);
        } finally {
            running.set(false);
        }
    }

    /** Adds up one back-test; lives in one thread. */
    static final class Comparison {
        private final Bundle serving;
        private final Bundle drafts;
        private final int listed;
        private final RuleTally now = new RuleTally();
        private final RuleTally tally = new RuleTally();
        private final Map<String, long[]> counts = new TreeMap<>();
        private final List<Change> changes = new ArrayList<>();
        private long orders;
        private long events;
        private long changed;

        Comparison(Bundle serving, Bundle drafts, int listed) {
            this.serving = serving;
            this.drafts = drafts;
            this.listed = listed;
        }

        void add(OrderHistory.Past past, Set<String> channels) {
            Known known = past.order();
            orders++;
            if (channels.contains(known.channel())) {
                compare(known.channel(), new OrderChanged(known.newest()), known.newest(), known);
            }
            past.facts().forEach(told -> compare(told.channel(), told.event(), known.tagged(), known));
        }

        private void compare(String from, Event event, Order state, Known known) {
            Publication publication = new Publication(drafts, from, event, state, known);
            var before = serving.rulesOf(from);
            var after = drafts.rulesOf(from);
            var taggedBefore = before.tag(event, state, now);
            var taggedAfter = after.tag(event, state, tally);
            boolean differs = false;
            for (Candidate candidate : publication.candidates()) {
                if (!candidate.isStranger() && !candidate.isIncapable()) {
                    String to = candidate.channel().name();
                    Decision was = before.decide(event, taggedBefore, to, now);
                    Decision would = after.decide(event, taggedAfter, to, tally);
                    differs |= count(was, would) && note(from, event, known, was, would);
                }
            }
            events++;
            changed += differs ? 1 : 0;
        }

        /** True when they differ. */
        private boolean count(Decision was, Decision would) {
            long[] count = counts.computeIfAbsent(would.destination(), name -> new long[4]);
            count[0]++;
            boolean published = was.verdict() == Verdict.PUBLISH;
            boolean publishes = would.verdict() == Verdict.PUBLISH;
            if (published != publishes) {
                count[publishes ? 1 : 2]++;
                return true;
            }
            boolean otherwise = publishes && !isSame(was, would);
            count[3] += otherwise ? 1 : 0;
            return otherwise;
        }

        private static boolean isSame(Decision was, Decision would) {
            return Objects.equals(was.order(), would.order()) && was.marks().equals(would.marks());
        }

        private boolean note(String from, Event event, Known known, Decision was, Decision would) {
            if (changes.size() < listed) {
                List<String> lines = lines(would);
                changes.add(new Change(
                        known.id(),
                        known.number(),
                        from,
                        event.type().word(),
                        would.destination(),
                        was.verdict(),
                        would.verdict(),
                        would.reason(),
                        would.verdict() != Verdict.PUBLISH || lines.equals(lines(was)) ? null : lines));
            }
            return true;
        }

        private static List<String> lines(Decision decision) {
            return decision.order().lines().stream().map(Line::id).toList();
        }

        Report report(Instant since, Set<String> channels) {
            Map<String, List<RuleUse>> uses = new TreeMap<>();
            channels.forEach(channel -> uses.put(channel, tally.uses(drafts.rulesOf(channel))));
            return new Report(since, orders, events, changed, destinations(), List.copyOf(changes), uses);
        }

        private List<Destination> destinations() {
            return counts.entrySet().stream()
                    .map(each -> new Destination(
                            each.getKey(),
                            each.getValue()[0],
                            each.getValue()[1],
                            each.getValue()[2],
                            each.getValue()[3]))
                    .toList();
        }
    }
}

package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.ledger.Decided;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Verdict;
import io.waybill.order.Event;
import io.waybill.order.Order;
import io.waybill.order.OrderChanged;
import io.waybill.order.WaybillException;
import io.waybill.rule.RuleSet;
import io.waybill.rule.RuleTrace;
import io.waybill.rule.Tagged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event through {@code direct:publish} as it serves, once by the rules that serve and once by drafts. Nothing is
 * written.
 */
public final class DryRun {
    private final Decisions decisions;
    private final Ledger ledger;

    public DryRun(Routes routes, Ledger ledger) {
        this.decisions = new Decisions(routes);
        this.ledger = ledger;
    }

    /** @param known null when the order is not in the ledger: then no channel has it */
    public record Subject(String channel, Event event, Order state, @Nullable Known known) {}

    /**
     * @param order our id; null when it was given and not taken from the ledger
     * @param tagsNow the tags it gets by the rules that serve
     * @param nearMisses comparisons that only letter case kept from holding
     */
    public record Result(
            String channel,
            @Nullable Long order,
            List<String> tags,
            List<String> tagsNow,
            List<Destination> destinations,
            List<String> nearMisses) {}

    /**
     * @param now what the rules that serve decide
     * @param draft what the drafts decide, with every rule's trace
     * @param changes whether anything about what is sent there would change
     */
    public record Destination(String channel, boolean changes, Ruled now, Decided draft) {}

    /** A decision without its trace. */
    public record Ruled(Verdict verdict, @Nullable String reason) {}

    /** An order of the ledger, as it stands. */
    public Subject stored(long orderId) {
        Known known = ledger.look(orderId);
        if (known == null) {
            throw new WaybillException(FlowError.UNKNOWN_ORDER, "There is no order " + orderId + ".");
        }
        return new Subject(known.channel(), new OrderChanged(known.newest()), known.newest(), known);
    }

    public Result run(Subject subject, Bundle serving, Bundle drafts) {
        Decisions.Made now = decisions.on(serving, subject);
        Decisions.Made draft = decisions.on(drafts, subject);
        Map<String, Decided> before = new HashMap<>();
        now.decided().forEach(decided -> before.put(decided.channel(), decided));
        List<Destination> destinations = draft.decided().stream()
                .map(decided -> destination(before.getOrDefault(decided.channel(), decided), decided))
                .toList();
        return new Result(
                subject.channel(),
                subject.known() == null ? null : subject.known().id(),
                draft.state().tags(),
                now.state().tags(),
                destinations,
                nearMisses(subject, drafts.rulesOf(subject.channel()), destinations));
    }

    private static Destination destination(Decided now, Decided draft) {
        boolean same = now.verdict() == draft.verdict()
                && (draft.verdict() != Verdict.PUBLISH
                        || now.overlay().equals(draft.overlay())
                                && java.util.Objects.equals(now.reference(), draft.reference()));
        return new Destination(draft.channel(), !same, new Ruled(now.verdict(), now.reason()), draft);
    }

    private static List<String> nearMisses(Subject subject, RuleSet rules, List<Destination> destinations) {
        Tagged tagged = rules.tag(subject.event(), subject.state());
        List<RuleTrace> trace = new ArrayList<>(tagged.trace());
        destinations.forEach(to ->
                trace.addAll(rules.decide(subject.event(), tagged, to.channel()).trace()));
        Set<String> found = new LinkedHashSet<>();
        trace.forEach(rule -> found.addAll(rule.nearMisses()));
        return List.copyOf(found);
    }
}

package io.waybill.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.ledger.Decided;
import io.waybill.ledger.Overlay;
import io.waybill.ledger.TagsByHand;
import io.waybill.ledger.Verdict;
import io.waybill.order.EventJson;
import io.waybill.order.Line;
import io.waybill.order.Order;
import io.waybill.rule.Decision;
import io.waybill.rule.Marks;
import io.waybill.rule.RuleTrace;
import io.waybill.rule.Tagged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bean {@code publishing} of {@code routes/flow/publish.camel.yaml}: tag, ask the rules, write down what was chosen. */
public final class Publishing {
    private final Pushes pushes;
    private final Shadows shadows;

    public Publishing(Pushes pushes, Shadows shadows) {
        this.pushes = pushes;
        this.shadows = shadows;
    }

    /** Attributes for every destination, by the rules of the channel that the event came from. */
    public void tag(Publication publication) {
        TagsByHand byHand = publication.tagsByHand();
        Order order = publication.order();
        List<String> tags = byHand.over(order.tags());
        Tagged tagged = publication
                .bundle()
                .rulesOf(publication.from())
                .tag(publication.event(), tags.equals(order.tags()) ? order : order.withTags(tags));
        publication.tagged(tagged.withTags(byHand.over(tagged.order().tags())));
    }

    /** Overwrites and publish rules for one destination. */
    public void ask(Candidate candidate) {
        Publication publication = candidate.publication();
        candidate.watched(shadows.isShadow(candidate.channel()));
        candidate.decision(publication
                .bundle()
                .rulesOf(publication.from())
                .decide(
                        publication.event(),
                        publication.tagged(),
                        candidate.channel().name()));
    }

    public void publish(Candidate candidate) {
        decide(candidate, Verdict.PUBLISH, null);
    }

    public void withholdByRule(Candidate candidate) {
        @Nullable String reason = candidate.decision().reason();
        decide(candidate, Verdict.RULE, reason == null ? candidate.leftOut() : reason);
    }

    public void withholdByBrokenRule(Candidate candidate) {
        decide(candidate, Verdict.RULE_ERROR, candidate.decision().reason());
    }

    public void withholdFromStranger(Candidate candidate) {
        decide(
                candidate,
                Verdict.NOT_LINKED,
                "The order was never sent to " + candidate.channel().name() + ".");
    }

    public void withholdForLackOfCapability(Candidate candidate) {
        decide(
                candidate,
                Verdict.CAPABILITY,
                candidate.channel().name() + " cannot " + candidate.operation().word()
                        + ": its connector has no such operation, or the channel lacks a setting that it needs.");
    }

    public void withholdByPolicy(Candidate candidate) {
        String policy = candidate.operation() == Operation.REFUND_ORDER ? "refunds" : "returns";
        String channel = candidate.channel().name();
        decide(
                candidate,
                Verdict.POLICY,
                channel + " gets no " + policy + ": its file does not say policies: { " + policy + ": true }.");
    }

    public void withholdPart(Candidate candidate) {
        decide(candidate, Verdict.CAPABILITY, wholeOnly(candidate.channel().name()));
    }

    static String wholeOnly(String channel) {
        return channel + " takes whole orders only (partial: false in its file), and this would be a part of one.";
    }

    public void withholdInShadow(Candidate candidate) {
        decide(candidate, Verdict.SHADOW, candidate.channel().name() + " is in shadow mode.");
    }

    private void decide(Candidate candidate, Verdict verdict, @Nullable String reason) {
        Publication publication = candidate.publication();
        Decision decision = candidate.decision();
        Channel channel = candidate.channel();
        boolean byHand = publication.isOrder() && pushes.isManual(channel);
        publication.decide(new Decided(
                channel.name(),
                verdict,
                reason,
                candidate.operation().word(),
                channel.can(Operation.UPDATE_ORDER),
                byHand,
                reference(publication, decision.marks(), channel),
                overlay(publication.order(), decision),
                trace(publication.tagged(), decision)));
    }

    /** Our number as it is stamped at the destination: prefix and the source's number. */
    private static String reference(Publication publication, Marks marks, Channel channel) {
        String prefix = marks.prefix() == null ? channel.orders().prefix() : marks.prefix();
        return prefix + publication.order().displayNumber();
    }

    private static Overlay overlay(Order source, Decision decision) {
        Order order = decision.order();
        Marks marks = decision.marks();
        Overlay overlay = new Overlay(
                order.tags().equals(source.tags()) ? null : order.tags(),
                order.status() == source.status() ? null : order.status(),
                changed(method(source), method(order)),
                changed(source.note(), order.note()),
                added(source.attributes(), order.attributes()),
                lines(source, order),
                marks.warehouse(),
                marks.prefix(),
                marks.priority() == null ? 0 : marks.priority());
        return overlay.equals(Overlay.NONE) ? Overlay.NONE : overlay;
    }

    private static @Nullable String method(Order order) {
        Order.Shipping shipping = order.shipping();
        return shipping == null ? null : shipping.method();
    }

    private static @Nullable String changed(@Nullable String before, @Nullable String after) {
        return Objects.equals(before, after) ? null : after;
    }

    private static @Nullable Map<String, String> added(Map<String, String> before, Map<String, String> after) {
        Map<String, String> added = new LinkedHashMap<>(after);
        added.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return added.isEmpty() ? null : added;
    }

    private static @Nullable List<String> lines(Order source, Order order) {
        return order.lines().size() == source.lines().size()
                ? null
                : order.lines().stream().map(Line::id).toList();
    }

    private static @Nullable JsonNode trace(Tagged tagged, Decision decision) {
        List<RuleTrace> rules = new ArrayList<>(tagged.trace());
        rules.addAll(decision.trace());
        return rules.isEmpty() ? null : EventJson.MAPPER.valueToTree(rules);
    }
}

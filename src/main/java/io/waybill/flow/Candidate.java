package io.waybill.flow;

import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.order.EventType;
import io.waybill.order.StatusChanged;
import io.waybill.rule.Decision;
import io.waybill.rule.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One destination in question for one event. The questions are what {@code publish.camel.yaml} chooses by. */
public final class Candidate {
    private final Publication publication;
    private final Channel channel;
    private final Operation operation;
    private final boolean linked;
    private boolean shadow;
    private @Nullable Decision decision;

    Candidate(Publication publication, Channel channel, Operation operation, boolean linked) {
        this.publication = publication;
        this.channel = channel;
        this.operation = operation;
        this.linked = linked;
    }

    Publication publication() {
        return publication;
    }

    public Channel channel() {
        return channel;
    }

    Operation operation() {
        return operation;
    }

    void decision(Decision made) {
        this.decision = made;
    }

    /** Not called shadow: Camel could not tell it from isShadow. */
    void watched(boolean only) {
        this.shadow = only;
    }

    Decision decision() {
        return Objects.requireNonNull(decision, "the route must ask the rules before it chooses");
    }

    /** Could a publish rule not be evaluated? */
    public boolean isRuleBroken() {
        return decision().verdict() == Verdict.RULE_ERROR;
    }

    /** Does a publish rule say no, or a status mapping? */
    public boolean isRuledOut() {
        return decision().verdict() == Verdict.WITHHOLD || leftOut() != null;
    }

    /** Why a status goes nowhere though no rule says so; null when it goes. */
    @Nullable
    String leftOut() {
        if (publication.event() instanceof StatusChanged changed) {
            StatusWords words = new StatusWords(publication.bundle(), publication.from(), channel.name());
            if (words.leaveOut(changed.status())) {
                return "Status \"" + changed.status() + "\" is not among those to synchronise in " + words.names()
                        + ".";
            }
        }
        return null;
    }

    /** Is this an update of an order that the destination never had? */
    public boolean isStranger() {
        return !publication.isOrder() && !linked;
    }

    /**
     * Can the destination not do this at all? One that has the order and takes no updates still wants it: what changes is held,
     * or goes as a second order when a person pushes it.
     */
    public boolean isIncapable() {
        return !channel.can(operation) && !(publication.isOrder() && channel.can(Operation.CREATE_ORDER));
    }

    /** Do the channel's policies keep returns or refunds from it? */
    public boolean isBarred() {
        return publication.event().type() == EventType.RETURN && !Returns.mayGo(channel, operation);
    }

    /** Do line rules leave only a part of the order for a destination that takes whole orders only? */
    public boolean isPart() {
        int all = publication.order().lines().size();
        int published = decision().order().lines().size();
        return publication.isOrder() && !channel.partial() && published < all;
    }

    /** Is the destination only watched: everything recorded, nothing sent? */
    public boolean isShadow() {
        return shadow;
    }
}

package io.waybill.ledger;

import io.waybill.ledger.Commit.Outcome;
import io.waybill.order.Order;
import io.waybill.order.OrderCancelled;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A commit that still holds its lease, with the ids it is given. */
final class CommitEntry {
    final int index;
    final Commit commit;
    long orderId;
    long eventId;
    /** It was cancelled line by line, and now there may be more of it. */
    boolean grewAgain;

    CommitEntry(int index, Commit commit) {
        this.index = index;
        this.commit = commit;
    }

    long knownId() {
        Known known = commit.known();
        return known == null ? 0 : known.id();
    }

    boolean isNewOrder() {
        return commit.known() == null;
    }

    boolean changesState() {
        return commit.state() != null && commit.outcome() == Outcome.APPLIED;
    }

    int revision() {
        Known known = commit.known();
        return known == null ? 1 : known.revision() + 1;
    }

    String sourceChannel() {
        Known known = commit.known();
        return known == null ? commit.from() : known.channel();
    }

    String sourceOrderId() {
        Known known = commit.known();
        return known == null ? commit.event().orderId() : known.externalId();
    }

    boolean cancelsAll() {
        return commit.event() instanceof OrderCancelled cancelled
                && cancelled.lines().isEmpty();
    }

    Order newest() {
        Known known = commit.known();
        return changesState() || known == null ? state() : known.newest();
    }

    boolean comesFromSource() {
        return commit.from().equals(sourceChannel());
    }

    /** Whoever pushes by hand speaks for the source's own account. */
    boolean isTheOwnersWord() {
        return comesFromSource() || isAPersons();
    }

    boolean isAPersons() {
        return commit.from().equals(HandAct.FROM);
    }

    /** The source said cancelled, and in a newer state says otherwise. What a fact cancelled stays cancelled. */
    boolean reopens() {
        Known known = commit.known();
        return known != null
                && changesState()
                && known.cancelled()
                && known.newest().isCancelled()
                && !state().isCancelled();
    }

    /** What the order is after this. */
    boolean cancelled() {
        Known known = commit.known();
        boolean before = known != null && known.cancelled() && !reopens() && !grewAgain;
        return before || changesState() && state().isCancelled() || cancelsAll() && isTheOwnersWord();
    }

    boolean movesQuantities() {
        return commit.outcome() == Outcome.APPLIED
                && switch (commit.event().type()) {
                    case CANCELLATION, SHIPMENT, RETURN -> true;
                    case ORDER, LABEL, STATUS, TAGS -> false;
                };
    }

    /** The state that this commit gives the order. */
    Order state() {
        Order state = commit.state();
        if (state == null) {
            throw new IllegalStateException("only commits with a state write one");
        }
        return state;
    }

    @Nullable
    BigDecimal total() {
        Order.Totals totals = state().totals();
        return totals == null ? null : totals.total();
    }
}

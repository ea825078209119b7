package io.waybill.flow;

import io.waybill.ledger.Outcome;
import java.time.Duration;
import java.util.Set;

/** What the flow tells whoever watches it. Called on the flow's own threads: return at once, throw nothing. */
public interface FlowListener {
    FlowListener NOBODY = new FlowListener() {};

    /** What became of a receipt that import took up. */
    enum Taken {
        IMPORTED,
        /** An array: each of its elements became a receipt of its own. */
        SPLIT,
        PARKED,
        /** It is taken up again later: its order is not known yet, or something of ours failed. */
        POSTPONED
    }

    /** A message became durable, or was already. */
    default void received(String channel, Inbox.Fate fate) {}

    default void imported(String channel, Taken taken) {}

    /** @param took from the start of the operation to its outcome, look-ups included */
    default void settled(String channel, String operation, Outcome outcome, Duration took) {}

    /** @param circuit closed, open or half-open */
    default void circuitChanged(String channel, String circuit) {}

    /** @param paused all channels that are paused from now on, whoever paused them on whatever node */
    default void pausedChanged(Set<String> paused) {}
}

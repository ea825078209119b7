package io.waybill.flow;

import java.util.List;

/** Pushes an order by hand: decides on its newest state again, and makes due what is published. */
public interface Pusher {
    /**
     * @param channels where to; empty for every destination that is wanted
     * @param lines the ids of the lines to push; empty for all
     * @param force against a rule that says no; capability and shadow still hold, and so does a cancellation
     * @param by who does it, for the audit log, which is written here
     */
    PushResult push(long orderId, List<String> channels, List<String> lines, boolean force, String by);

    /**
     * Decides on the newest state again and carries it out as if it had just come: what is published to a channel that people
     * push to still waits for them.
     */
    void decideAgain(long orderId, String by);
}

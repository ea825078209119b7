package io.waybill.ops;

/**
 * {@code io.waybill:type=Channel,name=<channel>}, there as long as the channel is configured. Figures come from the ledger,
 * over all nodes, and are at most a second old, or twenty times as old as reading them takes. While PostgreSQL is away
 * numbers are {@link #AWAY}, times {@code unknown}, and {@code Paused} is what was last known. No getter throws.
 */
@Meaning("One channel: what waits for it, what reached it, its circuit; pause, resume, retry, run a task")
public interface ChannelMXBean {
    /** The value of a number while PostgreSQL is away. */
    long AWAY = -1;

    @Meaning("Deliveries that wait and go by themselves, or are being sent; deliveries; -1: PostgreSQL is away")
    long getBacklog();

    @Meaning("Age of the oldest delivery of the backlog; seconds; 0: none waits; -1: PostgreSQL is away")
    long getOldestWaitingSeconds();

    @Meaning("Delivered in the last 24 hours; deliveries; -1: PostgreSQL is away")
    long getDelivered();

    @Meaning("Stand failed until somebody acts; deliveries; -1: PostgreSQL is away")
    long getFailed();

    @Meaning("Stand unknown: whether they took effect is for a person to find out; deliveries; -1: PostgreSQL is away")
    long getUnknown();

    @Meaning("Withheld by rule, missing capability or shadow mode; deliveries; -1: PostgreSQL is away")
    long getWithheld();

    @Meaning("Wait for a person to push them; deliveries; -1: PostgreSQL is away")
    long getManual();

    @Meaning("Nothing is sent until it is resumed, receiving goes on; last known while PostgreSQL is away")
    boolean isPaused();

    @Meaning(
            "closed: calls go; open: the channel is down and probed at growing gaps; half-open: a probe is under way; this"
                    + " server's view")
    String getCircuit();

    @Meaning("When the last message came from it; RFC 3339, UTC; never; unknown: PostgreSQL is away")
    String getLastReceived();

    @Meaning("When the last delivery reached it; RFC 3339, UTC; never; unknown: PostgreSQL is away")
    String getLastDelivered();

    @Meaning("Sends nothing to this channel until it is resumed, on all nodes and over restarts; false: it was paused")
    boolean pause();

    @Meaning("Sends to it again; false: it was not paused")
    boolean resume();

    @Meaning("Makes its failed deliveries due now; answers how many")
    int retryFailed();

    @Meaning("Starts a task such as import-orders now; answers the id of the run, which goes on by itself")
    long runTask(String task);
}

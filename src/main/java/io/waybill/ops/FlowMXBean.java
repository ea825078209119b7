package io.waybill.ops;

/**
 * {@code io.waybill:type=Flow}: the whole way from receipt to delivery. What is counted in the ledger holds for all nodes
 * and is {@link ChannelMXBean#AWAY} while PostgreSQL is away; rates and what is in hand are this server's own.
 */
@Meaning("The way from receipt to delivery, over all channels")
public interface FlowMXBean {
    @Meaning("This server's name in leases")
    String getNode();

    @Meaning("Whether PostgreSQL answered when it was last asked")
    boolean isDatabaseUp();

    @Meaning("Messages taken and not yet stored, on this server; messages")
    int getInboxWaiting();

    @Meaning("Stored and not yet imported; receipts; -1: PostgreSQL is away")
    long getReceiptsWaiting();

    @Meaning("Of these, facts whose order is not known yet; receipts; -1: PostgreSQL is away")
    long getReceiptsWaitingForOrder();

    @Meaning(
            "Age of the oldest receipt that waits for nothing but its import; seconds; 0: none; -1: PostgreSQL is away")
    long getOldestReceiptSeconds();

    @Meaning("Parked with an error until somebody acts; receipts; -1: PostgreSQL is away")
    long getReceiptsParked();

    @Meaning("Same event id as another receipt, other content; receipts; -1: PostgreSQL is away")
    long getReceiptsInConflict();

    @Meaning("Stored on this server, mean of the last minute; receipts per second")
    double getReceiveRate();

    @Meaning("Imported on this server, mean of the last minute; receipts per second")
    double getImportRate();

    @Meaning("Delivered by this server, mean of the last minute; deliveries per second")
    double getDeliveryRate();

    @Meaning("In the hands of this server's workers; deliveries")
    int getDeliveriesInHand();

    @Meaning("Sum of the channels' backlogs; deliveries; -1: PostgreSQL is away")
    long getBacklog();

    @Meaning("Age of the oldest delivery of any backlog; seconds; 0: none; -1: PostgreSQL is away")
    long getOldestWaitingSeconds();

    @Meaning("Sum over the channels; deliveries; -1: PostgreSQL is away")
    long getDeliveriesFailed();

    @Meaning("Sum over the channels; deliveries; -1: PostgreSQL is away")
    long getDeliveriesUnknown();

    @Meaning("Channels whose circuit is open or half-open, in this server's view; channels")
    int getCircuitsOpen();

    @Meaning("Channels that are paused; last known while PostgreSQL is away; channels")
    int getChannelsPaused();
}

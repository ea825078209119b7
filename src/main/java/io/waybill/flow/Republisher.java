package io.waybill.flow;

/** Sends an order's newest source data again, through the mapping and the rules as they are now. */
public interface Republisher {
    /**
     * A destination that has the order gets an update, never a second create. Facts go where they were never delivered.
     *
     * @param force facts go where they were delivered as well
     * @param by who does it, for the audit log, which is written here
     */
    Republished republish(long orderId, boolean force, String by);
}

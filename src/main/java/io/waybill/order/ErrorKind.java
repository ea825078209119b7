package io.waybill.order;

/** Who has to act on a failure. The kind decides whether a retry can help. */
public enum ErrorKind {
    /** The caller of our API sent something wrong: never retried by us. */
    CALLER,
    /** The other system is away, slow or overloaded: retried. */
    PARTNER,
    /** The data itself cannot be processed until somebody mends it: parked. */
    DATA,
    /** A defect of ours: parked, and raised as an issue. */
    INTERNAL
}

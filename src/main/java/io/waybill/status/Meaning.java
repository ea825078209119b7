package io.waybill.status;

import io.waybill.order.Status;

/** What one word of a system means to another. */
public sealed interface Meaning {
    /** It goes there as this. */
    record Means(Status status) implements Meaning {}

    /** Nobody chose it to be synchronised: it goes nowhere, and that is no problem. */
    record LeftOut() implements Meaning {}

    /** It is chosen, or never heard of, and has no meaning: held until the map has one. */
    record Unmapped() implements Meaning {}
}

package io.waybill.ledger;

import io.waybill.order.Order;
import java.util.List;
import java.util.Map;

/**
 * An order's newest state, read and decided again.
 *
 * @param known what the decision saw
 * @param state as it is now understood, tagged
 * @param payload the same as canonical JSON
 * @param facts that go again, in the order in which they were told
 * @param detail for the audit log
 */
public record Republication(
        Known known, Order state, String payload, List<Decided> decisions, List<Fact> facts, Map<String, ?> detail) {
    /**
     * @param decisions where it goes
     * @param retries its failed deliveries that are tried again instead
     * @param round 0 for the first time; a fact that is sent again on purpose needs a key of its own each time
     */
    public record Fact(KnownFact fact, List<Decided> decisions, List<Long> retries, int round) {}
}

package io.waybill.ledger;

import java.util.List;
import java.util.Map;

/**
 * A push of an order's newest state without anything new from its source.
 *
 * @param lines those chosen by hand, by channel; a channel that is not named gets what the rules publish
 * @param force against the rules
 * @param by who does it, for the audit log
 */
public record Push(Map<String, List<String>> lines, boolean force, String by) {
    public Push {
        lines = Map.copyOf(lines);
    }
}

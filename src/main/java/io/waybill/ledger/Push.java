package io.waybill.ledger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A push of an order's newest state without anything new from its source.
 *
 * @param lines those chosen by hand, by channel; a channel that is not named gets what the rules publish
 * @param force against the rules
 * @param by who does it, for the audit log
 * @param tags null for a push; else the rules were applied once more: the order has these tags from now on, what is there
 *     already gets an update, and lines chosen by hand stay chosen
 */
public record Push(Map<String, List<String>> lines, boolean force, String by, @Nullable List<String> tags) {
    public Push {
        lines = Map.copyOf(lines);
        tags = tags == null ? null : List.copyOf(tags);
    }

    public Push(Map<String, List<String>> lines, boolean force, String by) {
        this(lines, force, by, null);
    }

    public static Push ofRules(List<String> tags, String by) {
        return new Push(Map.of(), false, by, tags);
    }

    boolean isByRules() {
        return tags != null;
    }
}

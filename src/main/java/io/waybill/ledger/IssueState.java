package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an issue stands. Only people acknowledge and ignore; opening and resolving happen by themselves. */
public enum IssueState {
    OPEN,
    /** Somebody is on it. */
    ACKNOWLEDGED,
    /** Not to be shown again, however often it comes. */
    IGNORED,
    /** What it held up went through. It opens again when it comes again. */
    RESOLVED;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static IssueState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

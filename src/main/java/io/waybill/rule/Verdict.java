package io.waybill.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the publish rules of one destination say about one event. */
public enum Verdict {
    PUBLISH,
    WITHHOLD,
    /** A publish rule could not be evaluated: nothing leaves, and it is decided again after the next deployment. */
    RULE_ERROR;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

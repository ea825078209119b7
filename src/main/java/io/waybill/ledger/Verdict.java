package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Publish, or why not. The words are the reasons of withheld deliveries. */
public enum Verdict {
    PUBLISH,
    /** A publish rule said no. */
    RULE,
    /** A publish rule failed; decided again at the next deployment. */
    RULE_ERROR,
    /** The destination cannot do this operation. */
    CAPABILITY,
    /** The channel's file does not allow returns or refunds to be published to it. */
    POLICY,
    /** The destination never had the order. */
    NOT_LINKED,
    /** The destination is in shadow mode: recorded, not sent. */
    SHADOW;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static Verdict of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

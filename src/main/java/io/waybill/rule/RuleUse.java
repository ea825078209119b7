package io.waybill.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one rule fared over many events. A line rule counts once an event: as held when it held for some line, as missed when it
 * did not for some; so both may grow.
 *
 * @param rule its place in the file, such as "rule 2 under overwrites.doba"
 * @param when its condition as CEL; null for a constant
 */
public record RuleUse(
        String rule,
        String attribute,
        @Nullable String when,
        long asked,
        long held,
        long missed,
        long failed,
        Standing standing) {
    /** What that says of the rule. */
    public enum Standing {
        /** A constant: nothing to say. */
        CONSTANT,
        /** Nothing ever came to where it stands. */
        UNREACHED,
        NEVER,
        SOMETIMES,
        ALWAYS;

        static Standing of(boolean conditional, long asked, long held, long notHeld) {
            if (asked == 0) {
                return UNREACHED;
            }
            if (!conditional) {
                return CONSTANT;
            }
            return held == 0 ? NEVER : notHeld == 0 ? ALWAYS : SOMETIMES;
        }

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

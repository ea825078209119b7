package io.waybill.flow;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a channel needs, and whether it is there.
 *
 * @param advice what to do; null when all is well
 */
public record Prerequisite(String what, State state, String detail, @JsonProperty("do") @Nullable String advice) {
    /** From well to worse. */
    public enum State {
        OK,
        WARNING,
        PROBLEM;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            for (State state : values()) {
                if (state.word().equals(word)) {
                    return state;
                }
            }
            return WARNING;
        }
    }

    static Prerequisite ok(String what, String detail) {
        return new Prerequisite(what, State.OK, detail, null);
    }

    static Prerequisite warning(String what, String detail, String advice) {
        return new Prerequisite(what, State.WARNING, detail, advice);
    }

    static Prerequisite problem(String what, String detail, String advice) {
        return new Prerequisite(what, State.PROBLEM, detail, advice);
    }
}

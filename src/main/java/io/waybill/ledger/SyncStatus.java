package io.waybill.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an entry of the sync log came out: one vocabulary over the states of runs and the outcomes of attempts. */
public enum SyncStatus {
    RUNNING("running", "sending"),
    DONE("done", "delivered"),
    /** It is tried again. */
    RETRY(null, "retry", "ambiguous"),
    FAILED("failed", "failed"),
    /** Whether it took effect cannot be found out: a person decides. */
    UNKNOWN(null, "unknown"),
    /** Nothing was sent: the channel is away or in shadow mode, something newer is there already, or another worker had taken over. */
    SKIPPED(null, "later", "needless", "late", "shadow");

    private final @Nullable String state;
    private final List<String> outcomes;

    SyncStatus(@Nullable String state, String... outcomes) {
        this.state = state;
        this.outcomes = List.of(outcomes);
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of a run; null where no run is ever in it. */
    @Nullable
    String state() {
        return state;
    }

    /** Of an attempt. */
    List<String> outcomes() {
        return outcomes;
    }

    static SyncStatus ofRun(String state) {
        return Arrays.stream(values())
                .filter(s -> state.equals(s.state))
                .findFirst()
                .orElseThrow();
    }

    static SyncStatus ofAttempt(String outcome) {
        return Arrays.stream(values())
                .filter(s -> s.outcomes.contains(outcome))
                .findFirst()
                .orElseThrow();
    }
}

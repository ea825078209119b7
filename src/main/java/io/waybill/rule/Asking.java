package io.waybill.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One evaluation of one condition: what it may see, and what it notes on the way unless nobody will read it. */
final class Asking {
    private final Scope scope;
    private final @Nullable List<ConditionTrace> notes;
    private @Nullable String failure;

    private Asking(Scope scope, @Nullable List<ConditionTrace> notes) {
        this.scope = scope;
        this.notes = notes;
    }

    static Asking noting(Scope scope) {
        return new Asking(scope, new ArrayList<>(4));
    }

    static Asking silent(Scope scope) {
        return new Asking(scope, null);
    }

    Scope scope() {
        return scope;
    }

    boolean isNoting() {
        return notes != null;
    }

    void note(ConditionTrace trace) {
        if (notes != null) {
            notes.add(trace);
        }
    }

    void failed(String what) {
        failure = failure == null ? what : failure;
    }

    /** Why the first piece that could not be evaluated failed. */
    @Nullable
    String failure() {
        return failure;
    }

    List<ConditionTrace> notes() {
        return notes == null ? List.of() : notes;
    }
}

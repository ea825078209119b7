package io.waybill.cli.proof;

import java.util.List;

/** What came of one case. {@code line} counts from 1; 0 means the whole file. */
public record Proof(String file, int line, String name, List<Problem> problems) {
    /** Why it failed, and on which line of the case's file that was expected. */
    public record Problem(int line, String message) {}

    public Proof {
        problems = List.copyOf(problems);
    }

    public boolean failed() {
        return !problems.isEmpty();
    }
}

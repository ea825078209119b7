package io.waybill.rule;

import java.util.ArrayList;
import java.util.List;

/** Collects mistakes, so that all of them are told at once. */
final class Problems {
    private final List<RuleProblem> found = new ArrayList<>();

    void add(String pointer, String code, String message, String fix) {
        found.add(new RuleProblem(pointer, code, message, fix));
    }

    List<RuleProblem> all() {
        return List.copyOf(found);
    }

    boolean none() {
        return found.isEmpty();
    }

    static String under(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}

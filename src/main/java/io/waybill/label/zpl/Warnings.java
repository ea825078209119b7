package io.waybill.label.zpl;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the reader should know: bounded, in order, each once. */
final class Warnings {
    private final Set<String> texts = new LinkedHashSet<>();

    void add(Command command, String text) {
        if (texts.size() < Limits.WARNINGS) {
            texts.add(command.where() + ": " + text);
        }
    }

    List<String> texts() {
        return List.copyOf(texts);
    }
}

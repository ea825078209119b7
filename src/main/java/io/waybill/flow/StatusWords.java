package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.StatusMapping;
import io.waybill.status.Meaning;
import java.util.List;

/** What the word of one channel means to another, by the status mappings of one bundle. */
public final class StatusWords {
    private final Bundle bundle;
    private final String from;
    private final String to;
    private final List<StatusMapping> mappings;

    public StatusWords(Bundle bundle, String from, String to) {
        this.bundle = bundle;
        this.from = from;
        this.to = to;
        this.mappings = bundle.statusMappings(from, to);
    }

    /** False where nobody configured one: both speak the same words. */
    boolean areMapped() {
        return !mappings.isEmpty();
    }

    /** Of several configurations one that knows a meaning is enough; one that misses it holds. */
    public Meaning meaning(String word) {
        List<String> declared = bundle.channel(from)
                .map(Channel::connector)
                .map(c -> c.statuses())
                .orElse(List.of());
        Meaning result = new Meaning.LeftOut();
        for (StatusMapping mapping : mappings) {
            Meaning meaning = mapping.table().of(word, declared);
            if (meaning instanceof Meaning.Means) {
                return meaning;
            }
            result = meaning instanceof Meaning.Unmapped ? meaning : result;
        }
        return result;
    }

    /** True when nobody wants this one over there. */
    boolean leaveOut(String word) {
        return areMapped() && meaning(word) instanceof Meaning.LeftOut;
    }

    /** True when it has to wait until somebody says what it means. */
    boolean hold(String word) {
        return areMapped() && meaning(word) instanceof Meaning.Unmapped;
    }

    /** The word that the other channel is told. */
    String told(String word) {
        return areMapped() && meaning(word) instanceof Meaning.Means means
                ? means.status().word()
                : word;
    }

    String names() {
        return mappings.isEmpty()
                ? "no status mapping from " + from + " to " + to
                : "routes/"
                        + String.join(
                                ", routes/",
                                mappings.stream().map(StatusMapping::path).toList());
    }

    /** Whether a channel's own word says what it was told. */
    static boolean says(Bundle bundle, String channel, String word, String told) {
        if (word.strip().equalsIgnoreCase(told)) {
            return true;
        }
        return bundle.statusMappings().values().stream()
                .filter(mapping -> mapping.from().equals(channel))
                .map(mapping -> mapping.table().of(word, List.of()))
                .anyMatch(m -> m instanceof Meaning.Means means
                        && means.status().word().equals(told));
    }
}

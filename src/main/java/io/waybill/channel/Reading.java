package io.waybill.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a snapshot.
 *
 * @param bundle null when any finding refuses it
 * @param findings every mistake, by file and line; warnings alone refuse nothing
 */
public record Reading(@Nullable Bundle bundle, List<Finding> findings) {
    public Reading {
        findings = List.copyOf(findings);
    }

    public List<Finding> errors() {
        return findings.stream().filter(Finding::refuses).toList();
    }
}

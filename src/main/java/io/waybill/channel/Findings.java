package io.waybill.channel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Collects every mistake of one reading; nothing is thrown, so that one mistake never hides the next. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();
    private final Set<BundleError> mild;

    Findings() {
        this(Set.of());
    }

    /** @param mild what is told as a warning here, and as an error elsewhere */
    Findings(Set<BundleError> mild) {
        this.mild = mild;
    }

    void error(String file, int line, BundleError code, String message, String fix) {
        if (mild.contains(code)) {
            warning(file, line, code, message, fix);
        } else {
            all.add(new Finding(file, line, code.code(), message, fix));
        }
    }

    void warning(String file, int line, BundleError code, String message, String fix) {
        all.add(new Finding(file, line, code.code(), message, fix, Finding.Severity.WARNING));
    }

    void add(Finding finding) {
        all.add(finding);
    }

    void addAll(Collection<Finding> findings) {
        all.addAll(findings);
    }

    boolean refuse(String file) {
        return all.stream()
                .anyMatch(finding -> finding.refuses() && finding.file().equals(file));
    }

    boolean refuse() {
        return all.stream().anyMatch(Finding::refuses);
    }

    List<Finding> sorted() {
        return all.stream().sorted().distinct().toList();
    }
}

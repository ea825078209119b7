package io.waybill.camel;

import io.waybill.channel.Finding;
import java.util.List;

/** A candidate cannot serve; carries every mistake found. */
final class RefusedRoutes extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    RefusedRoutes(List<Finding> findings) {
        super(findings.size() + " mistakes, first: " + findings.get(0), null, false, false);
        this.findings = findings.stream().distinct().sorted().toList();
    }

    List<Finding> findings() {
        return findings;
    }
}

package io.waybill.camel;

import io.waybill.channel.Finding;
import io.waybill.order.WaybillException;
import java.util.List;
import java.util.stream.Collectors;

/** The folder is refused and nothing else can be served. The message lists every mistake, one a line. */
public final class DeploymentRefused extends WaybillException {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    DeploymentRefused(List<Finding> findings) {
        super(
                RoutesError.DEPLOYMENT_REFUSED,
                findings.stream()
                        .map(Finding::toString)
                        .collect(Collectors.joining("\n", "The routes are refused:\n", "")));
        this.findings = List.copyOf(findings);
    }

    public List<Finding> findings() {
        return findings;
    }
}

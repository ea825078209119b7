package io.waybill.ops;

import static io.waybill.ops.PlainFaults.plain;

import io.waybill.camel.DeploymentStatus;
import io.waybill.camel.DeploymentStatus.Refusal;
import io.waybill.camel.Deployments;
import io.waybill.camel.Outcome;
import io.waybill.channel.Finding;
import io.waybill.flow.Routes;
import io.waybill.ledger.Nodes;
import io.waybill.order.WaybillException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

final class LiveRoutes implements RoutesMXBean {
    private final Deployments deployments;
    private final Routes routes;
    private final Nodes nodes;
    private final Steering steering;

    LiveRoutes(Deployments deployments, Routes routes, Nodes nodes, Steering steering) {
        this.deployments = deployments;
        this.nodes = nodes;
        this.routes = routes;
        this.steering = steering;
    }

    private Optional<DeploymentStatus> status() {
        try {
            return Optional.of(deployments.status());
        } catch (WaybillException e) {
            return Optional.empty();
        }
    }

    private Optional<Refusal> refusal() {
        return status().flatMap(status -> Optional.ofNullable(status.refusal()));
    }

    @Override
    public String getDeployment() {
        return status().map(DeploymentStatus::hash).orElse("");
    }

    @Override
    public long getDeploymentId() {
        return status().map(DeploymentStatus::id).orElse(0L);
    }

    @Override
    public long getAwaitedDeployment() {
        return status().flatMap(status -> Optional.ofNullable(status.awaiting()))
                .orElse(0L);
    }

    @Override
    public String[] getServers() {
        try {
            return nodes.alive().toArray(String[]::new);
        } catch (WaybillException e) {
            return new String[0];
        }
    }

    @Override
    public int getGeneration() {
        return status().map(DeploymentStatus::generation).orElse(0);
    }

    @Override
    public String getServingSince() {
        return status().map(
                        status -> status.since().truncatedTo(ChronoUnit.MILLIS).toString())
                .orElse("");
    }

    @Override
    public String getLastDeployError() {
        return refusal().map(refusal -> text(refusal.findings())).orElse("");
    }

    @Override
    public String getLastDeployErrorAt() {
        return refusal()
                .map(refusal -> refusal.at().truncatedTo(ChronoUnit.MILLIS).toString())
                .orElse("");
    }

    @Override
    public boolean isDrift() {
        return status().map(DeploymentStatus::drift).orElse(false);
    }

    @Override
    public String[] getChannels() {
        return Serving.channels(routes).stream().sorted().toArray(String[]::new);
    }

    @Override
    public String reload() {
        return audited("reload", () -> deployments.reload(Steering.BY));
    }

    @Override
    public String rollback() {
        return audited("rollback", () -> deployments.rollback(Steering.BY));
    }

    @Override
    public String rollbackTo(long deployment) {
        return audited("rollback", () -> deployments.rollback(deployment, Steering.BY));
    }

    private String audited(String action, Supplier<Outcome> work) {
        Outcome outcome = plain(work);
        String text = text(outcome);
        steering.deployed(action, outcome.hash(), text);
        return text;
    }

    private static String text(Outcome outcome) {
        if (outcome instanceof Outcome.Switched switched) {
            return "switched to generation " + switched.generation() + ", deployment " + switched.hash();
        } else if (outcome instanceof Outcome.Refused refused) {
            return "refused, the version before serves on\n" + text(refused.findings());
        }
        return "unchanged, deployment " + outcome.hash();
    }

    static String text(List<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}

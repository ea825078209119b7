package io.waybill.ops;

import io.waybill.camel.DeploymentStatus;
import io.waybill.camel.Deployments;
import io.waybill.order.WaybillException;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/** Drift is a detail: what was accepted serves. A server that cannot follow the others is degraded. Reads memory only. */
final class DeploymentHealth implements HealthIndicator {
    private final Deployments deployments;

    DeploymentHealth(Deployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public Health health() {
        try {
            return health(deployments.status());
        } catch (WaybillException e) {
            return Health.unknown().build();
        }
    }

    private static Health health(DeploymentStatus status) {
        Health.Builder health = status.awaiting() == null ? Health.up() : Health.status(ChannelsHealth.DEGRADED);
        if (status.awaiting() != null) {
            health.withDetail("awaiting", status.awaiting());
        }
        if (status.refusal() != null) {
            health.withDetail(
                    "refused",
                    status.refusal().findings().stream().map(Object::toString).toList());
        }
        return health.withDetail("deployment", status.id())
                .withDetail("drift", status.drift())
                .build();
    }
}

package io.waybill.ops;

import io.waybill.flow.ChannelGates;
import io.waybill.flow.Routes;
import java.util.List;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/** A partner that is down makes the server degraded, never dead: what goes elsewhere goes on. Reads memory only. */
final class ChannelsHealth implements HealthIndicator {
    static final Status DEGRADED = new Status("DEGRADED");

    private final Routes routes;
    private final ChannelGates gates;
    private final FlowWatch watch;

    ChannelsHealth(Routes routes, ChannelGates gates, FlowWatch watch) {
        this.routes = routes;
        this.gates = gates;
        this.watch = watch;
    }

    @Override
    public Health health() {
        List<String> down =
                Serving.channels(routes).stream().filter(gates::isOpen).sorted().toList();
        return (down.isEmpty() ? Health.up() : Health.status(DEGRADED))
                .withDetail("down", down)
                .withDetail("paused", watch.paused().stream().sorted().toList())
                .build();
    }
}

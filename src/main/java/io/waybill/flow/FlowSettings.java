package io.waybill.flow;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deliveries behave towards destinations.
 *
 * @param node this server's name in leases; the same after a restart, another on every node
 * @param retries when an order's delivery is tried again; after the last it waits for a person
 * @param firstProbe how long after a fault of a channel it is probed first; doubles up to {@code lastProbe}
 * @param workers sends under way at the same time, over all channels
 */
@ConfigurationProperties("waybill.flow")
public record FlowSettings(
        @DefaultValue("node-1") String node,
        @DefaultValue({"5s", "30s", "2m", "10m", "1h", "6h"}) List<Duration> retries,
        @DefaultValue("5s") Duration firstProbe,
        @DefaultValue("5m") Duration lastProbe,
        @DefaultValue("64") int workers) {}

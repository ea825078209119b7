package io.waybill.ops;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the server behaves towards what watches it.
 *
 * @param drainDelay how long it goes on answering while readiness says no, before it stops
 */
@ConfigurationProperties("waybill.ops")
record OpsSettings(@DefaultValue("0s") Duration drainDelay) {}

package io.waybill.camel;

import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * How channels are called: one pool of connections shared by all generations, every time-out set (Camel's own are 180 s or
 * none), no redirects (they would carry credentials to another host), no cookies (channels of one host would share them),
 * no retries below the deliveries' own.
 */
final class OutboundHttp implements AutoCloseable {
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout RESPONSE = Timeout.ofSeconds(20);
    private static final Timeout FREE_CONNECTION = Timeout.ofSeconds(5);
    private static final int CONNECTIONS = 200;
    private static final int CONNECTIONS_PER_HOST = 64;

    private final PoolingHttpClientConnectionManager connections;

    OutboundHttp(TargetPolicy policy) {
        connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(policy)
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS_PER_HOST)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(RESPONSE).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(RESPONSE)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
    }

    /** For one context: a stopping component closes its connection manager, so it gets one that cannot be closed. */
    HttpComponent component() {
        HttpComponent component = new HttpComponent();
        component.setClientConnectionManager(new SharedConnections(connections));
        component.setConnectTimeout(CONNECT.toMilliseconds());
        component.setResponseTimeout(RESPONSE.toMilliseconds());
        component.setConnectionRequestTimeout(FREE_CONNECTION.toMilliseconds());
        component.setRedirectHandlingDisabled(true);
        component.setAutomaticRetriesDisabled(true);
        component.setCookieManagementDisabled(true);
        component.setAuthCachingDisabled(true);
        // What was sent to one system, its credentials first, must not go on to the next.
        component.setCopyHeaders(false);
        component.setUserAgent("Waybill");
        return component;
    }

    HttpClientConnectionManager connections() {
        return connections;
    }

    @Override
    public void close() {
        connections.close();
    }
}

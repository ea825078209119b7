package io.waybill.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.ledger.Claimed;
import io.waybill.ledger.Outcome;
import io.waybill.ledger.Shadowed;
import io.waybill.ledger.Shadowed.Rendered;
import io.waybill.ledger.Statuses;
import io.waybill.order.EventJson;
import io.waybill.order.WaybillException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what deliveries withheld in shadow mode would have sent. Each goes through its operation's own route with the
 * variable {@code shadow} set; the generation ends such an exchange at the first step that would leave the server.
 */
public final class ShadowRecorder implements AutoCloseable {
    /** Set on an exchange that is only to be rendered. */
    public static final String VARIABLE = "shadow";

    private static final Logger log = LoggerFactory.getLogger(ShadowRecorder.class);
    private static final int BATCH = 20;
    private static final int EVERY_MILLIS = 1_000;

    private final Routes routes;
    private final Shadowed shadowed;
    private final Statuses statuses;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("waybill-shadow-"));

    ShadowRecorder(Routes routes, Shadowed shadowed, Statuses statuses) {
        this.routes = routes;
        this.shadowed = shadowed;
        this.statuses = statuses;
    }

    void start() {
        clock.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One probe of an index that is empty unless a channel is in shadow mode. */
    private void look() {
        try {
            while (!clock.isShutdown() && shadowed.record(BATCH, this::rendered) == BATCH) {
                log.atDebug().log("More was withheld in shadow mode");
            }
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("What is withheld in shadow mode could not be recorded; it is tried again");
        }
    }

    private Rendered rendered(Claimed claimed) {
        Bundle bundle = routes.bundle();
        try {
            Optional<Channel> channel = bundle.channel(claimed.channel());
            return channel.isEmpty()
                    ? new Rendered(null, "channel-gone", "The channel is not configured any more.", bundle.hash())
                    : rendered(claimed, channel.get(), bundle);
        } catch (WaybillException e) {
            return new Rendered(null, e.code().code(), e.getMessage(), bundle.hash());
        }
    }

    private Rendered rendered(Claimed claimed, Channel channel, Bundle bundle) {
        @Nullable StatusDelivery status = StatusDelivery.of(statuses, claimed, bundle);
        @Nullable Outcome instead = status == null ? null : status.instead();
        if (instead != null) {
            return new Rendered(
                    null, null, instead instanceof Outcome.Later later ? later.error() : null, bundle.hash());
        }
        ObjectNode body =
                status == null ? Rendering.event(claimed, channel, bundle.skus()) : EventJson.tree(status.rendered());
        Exchange exchange = routes.request("direct:deliver", e -> {
            Courier.prepare(e, claimed, channel, claimed.operation(), body);
            e.setVariable(VARIABLE, true);
        });
        return rendered(exchange, body, bundle.hash());
    }

    /** An operation that notes no request, or fails before it, shows the event that it was given. */
    private static Rendered rendered(Exchange exchange, ObjectNode body, String deployment) {
        String request = exchange.getVariable(Wire.REQUEST, String.class);
        @Nullable Exception e = exchange.getException();
        @Nullable WaybillException known = e == null ? null : Fault.find(e, WaybillException.class);
        return new Rendered(
                request == null ? body.toString() : request,
                known == null ? e == null ? null : "route-failed" : known.code().code(),
                known == null
                        ? e == null
                                ? null
                                : "The route failed with " + e.getClass().getSimpleName() + "."
                        : known.getMessage(),
                deployment);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

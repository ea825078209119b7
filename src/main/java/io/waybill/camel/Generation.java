package io.waybill.camel;

import io.waybill.channel.Bundle;
import io.waybill.order.WaybillException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.Suspendable;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.platform.http.springboot.CamelRequestHandlerMapping;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/**
 * The running form of one bundle. Its passive routes (direct, seda, kamelet, platform-http) run from the time it is built
 * until it is closed; its sources (timer, quartz, file …) run only while it serves. Closed once and only when nobody is
 * inside: {@link #enter()} and {@link #closeIfIdle()} never both succeed.
 */
final class Generation {
    private static final Set<String> PASSIVE = Set.of("direct", "seda", "kamelet", "platform-http", "rest", "rest-api");
    private static final int CLOSED = Integer.MIN_VALUE;

    private final int number;
    private final Bundle bundle;
    private final CamelContext context;
    private final CamelRequestHandlerMapping paths;
    private final @Nullable Scheduler scheduler;
    private final AtomicInteger inside;
    private final @Nullable GenerationAddition addition;
    private final Map<String, Producer> producers = new ConcurrentHashMap<>();

    Generation(
            int number,
            Bundle bundle,
            CamelContext context,
            CamelRequestHandlerMapping paths,
            @Nullable Scheduler scheduler,
            AtomicInteger inside) {
        this.number = number;
        this.bundle = bundle;
        this.context = context;
        this.paths = paths;
        this.scheduler = scheduler;
        this.inside = inside;
        this.addition = context.getCamelContextExtension().getContextPlugin(GenerationAddition.class);
    }

    int number() {
        return number;
    }

    Bundle bundle() {
        return bundle;
    }

    CamelContext context() {
        return context;
    }

    CamelRequestHandlerMapping paths() {
        return paths;
    }

    /** False when it is closed already: take the generation that serves by now. */
    boolean enter() {
        return inside.getAndUpdate(count -> count < 0 ? count : count + 1) >= 0;
    }

    void leave() {
        inside.decrementAndGet();
    }

    /** Producers are kept per endpoint: making one, or a ProducerTemplate, for each call costs more than the call. */
    Exchange request(String endpoint, Consumer<Exchange> prepare) {
        Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
        prepare.accept(exchange);
        if (addition != null) {
            addition.entering(exchange);
        }
        try {
            producers.computeIfAbsent(endpoint, this::producer).process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() instanceof DirectConsumerNotAvailableException) {
            exchange.setException(missing(endpoint));
        }
        return exchange;
    }

    private WaybillException missing(String endpoint) {
        return new WaybillException(
                RoutesError.ROUTE_MISSING,
                "No route of deployment " + bundle.hash() + " consumes from " + endpoint
                        + ": restore the file under routes/flow that does.");
    }

    private Producer producer(String uri) {
        try {
            Producer producer = context.getEndpoint(uri).createProducer();
            ServiceHelper.startService(producer);
            return producer;
        } catch (Exception e) {
            throw new IllegalStateException("cannot send to " + uri + ": " + e.getMessage(), e);
        }
    }

    void openPassiveRoutes() throws Exception {
        open(routes(true));
    }

    void openSources() throws Exception {
        open(routes(false));
        if (scheduler != null) {
            scheduler.start();
        }
    }

    private void open(List<Route> routes) throws Exception {
        for (Route route : routes) {
            if (!Boolean.FALSE.equals(route.isAutoStartup())) {
                startNaming(route);
            }
        }
    }

    private void startNaming(Route route) throws Exception {
        try {
            context.getRouteController().startRoute(route.getRouteId());
        } catch (Exception e) {
            throw new RouteCannotStart(route.getRouteId(), e);
        }
    }

    /**
     * Nothing new comes in by a source of this generation; what is under way goes on. Sources are suspended where they can
     * be: stopping a consumer also stops the steps behind it.
     */
    void pauseSources() throws SchedulerException {
        if (scheduler != null) {
            scheduler.standby();
        }
        for (Route route : routes(false)) {
            if (route.getConsumer() instanceof Suspendable) {
                ServiceHelper.suspendService(route.getConsumer());
            } else {
                ServiceHelper.stopService(route.getConsumer());
            }
        }
    }

    void resumeSources() throws SchedulerException {
        for (Route route : routes(false)) {
            if (!Boolean.FALSE.equals(route.isAutoStartup())) {
                ServiceHelper.resumeService(route.getConsumer());
            }
        }
        if (scheduler != null) {
            scheduler.start();
        }
    }

    private List<Route> routes(boolean passive) {
        return context.getRoutes().stream()
                .filter(route -> passive == PASSIVE.contains(scheme(route)))
                .sorted(Comparator.comparing(Route::getStartupOrder, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    private static String scheme(Route route) {
        String uri = route.getEndpoint().getEndpointUri();
        return uri.substring(0, Math.max(0, uri.indexOf(':')));
    }

    boolean closeIfIdle() {
        if (context.getInflightRepository().size() > 0 || !inside.compareAndSet(0, CLOSED)) {
            return false;
        }
        close();
        return true;
    }

    /** Without waiting for anybody: for candidates that never served, at shutdown, and as the last resort. */
    void close() {
        inside.set(CLOSED);
        shutDownScheduler();
        context.stop();
    }

    private void shutDownScheduler() {
        if (scheduler == null) {
            return;
        }
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler of generation " + number + " cannot be shut down", e);
        }
    }
}

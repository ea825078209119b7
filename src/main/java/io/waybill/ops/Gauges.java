package io.waybill.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.waybill.camel.Outcome;
import io.waybill.flow.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.springframework.context.event.EventListener;

/** The same state as the MBeans, as meters. While PostgreSQL is away its figures are not a number. */
final class Gauges {
    private final Routes routes;
    private final FlowWatch watch;
    private final LatestFigures figures;
    private final Function<String, ChannelMXBean> channel;
    private final Map<MultiGauge, ToDoubleFunction<ChannelMXBean>> byChannel;
    private final Counter switched;
    private final Counter refused;

    Gauges(
            MeterRegistry meters,
            Routes routes,
            FlowWatch watch,
            LatestFigures figures,
            FlowMXBean flow,
            RoutesMXBean deployments,
            Function<String, ChannelMXBean> channel) {
        this.routes = routes;
        this.watch = watch;
        this.figures = figures;
        this.channel = channel;
        this.byChannel = byChannel(meters);
        this.switched = deployed(meters, "switched");
        this.refused = deployed(meters, "refused");
        whole(meters, flow);
        gauge(
                meters,
                "waybill.deploy.drift",
                "1 while the routes folder holds something else than what serves",
                deployments,
                d -> d.isDrift() ? 1 : 0);
    }

    private static Counter deployed(MeterRegistry meters, String outcome) {
        return Counter.builder("waybill.deployments")
                .description("Proposed versions of the routes folder, by what came of them")
                .tag("outcome", outcome)
                .register(meters);
    }

    private static Map<MultiGauge, ToDoubleFunction<ChannelMXBean>> byChannel(MeterRegistry meters) {
        return Map.of(
                multi(meters, "waybill.backlog", "Deliveries that wait and go by themselves, or are being sent"),
                c -> number(c.getBacklog()),
                multi(meters, "waybill.oldest.waiting.seconds", "Age of the oldest delivery of the backlog"),
                c -> number(c.getOldestWaitingSeconds()),
                multi(meters, "waybill.failed", "Deliveries that stand failed until somebody acts"),
                c -> number(c.getFailed()),
                multi(meters, "waybill.unknown", "Deliveries whose outcome a person has to find out"),
                c -> number(c.getUnknown()),
                multi(meters, "waybill.withheld", "Deliveries withheld by rule, missing capability or shadow mode"),
                c -> number(c.getWithheld()),
                multi(meters, "waybill.manual", "Deliveries that wait for a person to push them"),
                c -> number(c.getManual()),
                multi(meters, "waybill.circuit.open", "1 while the channel counts as down for this server"),
                c -> c.getCircuit().equals("closed") ? 0 : 1,
                multi(meters, "waybill.paused", "1 while somebody has paused the channel"),
                c -> c.isPaused() ? 1 : 0);
    }

    private static MultiGauge multi(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    private static void whole(MeterRegistry meters, FlowMXBean flow) {
        gauge(meters, "waybill.database.up", "1 while PostgreSQL answers", flow, f -> f.isDatabaseUp() ? 1 : 0);
        gauge(meters, "waybill.inbox.waiting", "Messages taken and not yet stored", flow, FlowMXBean::getInboxWaiting);
        gauge(
                meters,
                "waybill.receipts.waiting",
                "Receipts stored and not yet imported",
                flow,
                f -> number(f.getReceiptsWaiting()));
        gauge(
                meters,
                "waybill.receipts.oldest.seconds",
                "Age of the oldest receipt that waits for its import alone",
                flow,
                f -> number(f.getOldestReceiptSeconds()));
        gauge(
                meters,
                "waybill.receipts.parked",
                "Receipts parked with an error until somebody acts",
                flow,
                f -> number(f.getReceiptsParked()));
        gauge(
                meters,
                "waybill.deliveries.in.hand",
                "Deliveries in the hands of this server's workers",
                flow,
                FlowMXBean::getDeliveriesInHand);
    }

    private static <T> void gauge(
            MeterRegistry meters, String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .description(description)
                .strongReference(true)
                .register(meters);
    }

    private static double number(long value) {
        return value == ChannelMXBean.AWAY ? Double.NaN : value;
    }

    @EventListener
    void switched(Outcome.Switched outcome) {
        figures.expire();
        switched.increment();
        Set<String> serving = Serving.channels(routes);
        watch.show(serving);
        Map<String, ChannelMXBean> live = new TreeMap<>();
        serving.forEach(name -> live.put(name, channel.apply(name)));
        byChannel.forEach((gauge, value) -> gauge.register(rows(live, value), true));
    }

    private static List<MultiGauge.Row<?>> rows(
            Map<String, ChannelMXBean> live, ToDoubleFunction<ChannelMXBean> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        live.forEach((name, bean) -> rows.add(MultiGauge.Row.of(Tags.of("channel", name), bean, value)));
        return rows;
    }

    @EventListener
    void refused(Outcome.Refused outcome) {
        refused.increment();
    }
}

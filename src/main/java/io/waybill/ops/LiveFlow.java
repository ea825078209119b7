package io.waybill.ops;

import io.waybill.flow.ChannelGates;
import io.waybill.flow.Dispatcher;
import io.waybill.flow.Inbox;
import io.waybill.flow.Routes;
import io.waybill.ledger.LiveFigures.ChannelNow;
import io.waybill.ledger.LiveFigures.Figures;
import io.waybill.ledger.LiveFigures.ReceiptsNow;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

final class LiveFlow implements FlowMXBean {
    private final String node;
    private final Routes routes;
    private final LatestFigures figures;
    private final FlowWatch watch;
    private final ChannelGates gates;
    private final Inbox inbox;
    private final Dispatcher dispatcher;

    LiveFlow(
            String node,
            Routes routes,
            LatestFigures figures,
            FlowWatch watch,
            ChannelGates gates,
            Inbox inbox,
            Dispatcher dispatcher) {
        this.node = node;
        this.routes = routes;
        this.figures = figures;
        this.watch = watch;
        this.gates = gates;
        this.inbox = inbox;
        this.dispatcher = dispatcher;
    }

    private long receipts(ToLongFunction<ReceiptsNow> figure) {
        return number(now -> figure.applyAsLong(now.receipts()));
    }

    private long sum(ToLongFunction<ChannelNow> figure) {
        return number(now -> now.channels().values().stream().mapToLong(figure).sum());
    }

    private long number(ToLongFunction<Figures> figure) {
        Optional<Figures> now = figures.now();
        return now.isPresent() ? figure.applyAsLong(now.get()) : ChannelMXBean.AWAY;
    }

    @Override
    public String getNode() {
        return node;
    }

    @Override
    public boolean isDatabaseUp() {
        return figures.now().isPresent();
    }

    @Override
    public int getInboxWaiting() {
        return inbox.waiting();
    }

    @Override
    public long getReceiptsWaiting() {
        return receipts(ReceiptsNow::waiting);
    }

    @Override
    public long getReceiptsWaitingForOrder() {
        return receipts(ReceiptsNow::waitingForOrder);
    }

    @Override
    public long getOldestReceiptSeconds() {
        return receipts(ReceiptsNow::oldestSeconds);
    }

    @Override
    public long getReceiptsParked() {
        return receipts(ReceiptsNow::parked);
    }

    @Override
    public long getReceiptsInConflict() {
        return receipts(ReceiptsNow::conflicts);
    }

    @Override
    public double getReceiveRate() {
        return watch.receiveRate();
    }

    @Override
    public double getImportRate() {
        return watch.importRate();
    }

    @Override
    public double getDeliveryRate() {
        return watch.deliveryRate();
    }

    @Override
    public int getDeliveriesInHand() {
        return dispatcher.inHand();
    }

    @Override
    public long getBacklog() {
        return sum(ChannelNow::backlog);
    }

    @Override
    public long getOldestWaitingSeconds() {
        return number(now -> now.channels().values().stream()
                .mapToLong(ChannelNow::oldestSeconds)
                .max()
                .orElse(0));
    }

    @Override
    public long getDeliveriesFailed() {
        return sum(ChannelNow::failed);
    }

    @Override
    public long getDeliveriesUnknown() {
        return sum(ChannelNow::unknown);
    }

    @Override
    public int getCircuitsOpen() {
        return (int) channels().stream().filter(gates::isOpen).count();
    }

    @Override
    public int getChannelsPaused() {
        return figures.now()
                .map(now -> (int) now.channels().values().stream()
                        .filter(ChannelNow::paused)
                        .count())
                .orElseGet(() -> (int)
                        channels().stream().filter(watch.paused()::contains).count());
    }

    private Set<String> channels() {
        return Serving.channels(routes);
    }
}

package io.waybill.ops;

import static io.waybill.ops.PlainFaults.plain;

import io.waybill.flow.ChannelGates;
import io.waybill.ledger.LiveFigures.ChannelNow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

final class LiveChannel implements ChannelMXBean {
    private final String name;
    private final LatestFigures figures;
    private final ChannelGates gates;
    private final FlowWatch watch;
    private final Steering steering;

    LiveChannel(String name, LatestFigures figures, ChannelGates gates, FlowWatch watch, Steering steering) {
        this.name = name;
        this.figures = figures;
        this.gates = gates;
        this.watch = watch;
        this.steering = steering;
    }

    private long number(ToLongFunction<ChannelNow> figure) {
        Optional<ChannelNow> now = figures.of(name);
        return now.isPresent() ? figure.applyAsLong(now.get()) : AWAY;
    }

    private String time(Function<ChannelNow, @Nullable Instant> figure) {
        return figures.of(name).map(now -> text(figure.apply(now))).orElse("unknown");
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "never" : time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    @Override
    public long getBacklog() {
        return number(ChannelNow::backlog);
    }

    @Override
    public long getOldestWaitingSeconds() {
        return number(ChannelNow::oldestSeconds);
    }

    @Override
    public long getDelivered() {
        return number(ChannelNow::delivered);
    }

    @Override
    public long getFailed() {
        return number(ChannelNow::failed);
    }

    @Override
    public long getUnknown() {
        return number(ChannelNow::unknown);
    }

    @Override
    public long getWithheld() {
        return number(ChannelNow::withheld);
    }

    @Override
    public long getManual() {
        return number(ChannelNow::manual);
    }

    @Override
    public boolean isPaused() {
        return figures.of(name).map(ChannelNow::paused).orElseGet(() -> watch.paused()
                .contains(name));
    }

    @Override
    public String getCircuit() {
        return gates.circuit(name);
    }

    @Override
    public String getLastReceived() {
        return time(ChannelNow::lastReceived);
    }

    @Override
    public String getLastDelivered() {
        return time(ChannelNow::lastDelivered);
    }

    @Override
    public boolean pause() {
        return changed(() -> steering.pause(name));
    }

    @Override
    public boolean resume() {
        return changed(() -> steering.resume(name));
    }

    @Override
    public int retryFailed() {
        return changed(() -> steering.retryFailed(name));
    }

    @Override
    public long runTask(String task) {
        return changed(() -> steering.runTask(name, task));
    }

    /** What was changed is seen by whoever reads next. */
    private <T> T changed(Supplier<T> change) {
        T result = plain(change);
        figures.expire();
        return result;
    }
}

package io.waybill.flow;

import io.waybill.channel.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;

/** One gate a channel; it outlives deployments unless the channel's limits change. */
public final class ChannelGates {
    private final Map<String, ChannelGate> gates = new ConcurrentHashMap<>();
    private final Duration firstGap;
    private final Duration lastGap;
    private final FlowListener listener;
    private volatile Share share = Share.WHOLE;

    public ChannelGates(Duration firstGap, Duration lastGap, FlowListener listener) {
        this.firstGap = firstGap;
        this.lastGap = lastGap;
        this.listener = listener;
    }

    ChannelGate of(Channel channel) {
        return gates.compute(
                channel.name(),
                (name, gate) -> gate != null && gate.limits().equals(channel.limits())
                        ? gate
                        : new ChannelGate(
                                name,
                                channel.limits(),
                                share,
                                firstGap,
                                lastGap,
                                circuit -> listener.circuitChanged(name, circuit)));
    }

    /** Limits hold for all servers together. */
    @EventListener
    public void divide(Share now) {
        share = now;
        gates.values().forEach(gate -> gate.share(now));
    }

    /** closed, open or half-open. */
    public String circuit(String channel) {
        ChannelGate gate = gates.get(channel);
        return gate == null ? "closed" : gate.circuit();
    }

    /** Whether the channel counts as down: it is probed, or a probe is due. */
    public boolean isOpen(String channel) {
        return !circuit(channel).equals("closed");
    }

    /** Forgets what was held against a channel, so that it is tried at once. */
    public void close(String channel) {
        ChannelGate gate = gates.get(channel);
        if (gate != null) {
            gate.close();
        }
    }
}

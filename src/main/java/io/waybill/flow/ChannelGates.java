package io.waybill.flow;

import io.waybill.channel.Channel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One gate a channel; it outlives deployments unless the channel's limits change. */
public final class ChannelGates {
    private final Map<String, ChannelGate> gates = new ConcurrentHashMap<>();
    private final Duration firstGap;
    private final Duration lastGap;

    public ChannelGates(Duration firstGap, Duration lastGap) {
        this.firstGap = firstGap;
        this.lastGap = lastGap;
    }

    ChannelGate of(Channel channel) {
        return gates.compute(
                channel.name(),
                (name, gate) -> gate != null && gate.limits().equals(channel.limits())
                        ? gate
                        : new ChannelGate(name, channel.limits(), firstGap, lastGap));
    }

    /** closed, open or half-open. */
    public String circuit(String channel) {
        ChannelGate gate = gates.get(channel);
        return gate == null ? "closed" : gate.circuit();
    }

    /** Forgets what was held against a channel, so that it is tried at once. */
    public void close(String channel) {
        ChannelGate gate = gates.get(channel);
        if (gate != null) {
            gate.close();
        }
    }
}

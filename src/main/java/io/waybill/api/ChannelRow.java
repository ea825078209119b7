package io.waybill.api;

import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import java.util.Arrays;
import java.util.List;

/** @param can the operations it is able to carry out: the connector has them and the channel has their settings */
public record ChannelRow(
        String name, String title, String connector, String role, boolean paused, boolean shadow, List<String> can) {
    static ChannelRow of(Channel channel, boolean paused, boolean shadow) {
        return new ChannelRow(
                channel.name(),
                channel.title(),
                channel.connector().name(),
                channel.role().word(),
                paused,
                shadow,
                Arrays.stream(Operation.values())
                        .filter(channel::can)
                        .map(Operation::word)
                        .toList());
    }
}

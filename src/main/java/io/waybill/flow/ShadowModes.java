package io.waybill.flow;

import io.waybill.channel.Channel;
import io.waybill.ledger.Switches;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shadow mode, channel by channel: what its file says, unless somebody switched it since. A switch made here counts at once, one
 * made on another node within a second; it counts no more once the file itself says something else.
 */
public final class ShadowModes implements Shadows {
    private final Switches switches;
    private final Fresh<Map<String, Switches.Shadow>> shadows;

    public ShadowModes(Switches switches) {
        this.switches = switches;
        this.shadows = new Fresh<>(
                () -> switches.shadows().stream().collect(Collectors.toMap(Switches.Shadow::channel, shadow -> shadow)),
                Map.of());
    }

    @Override
    public boolean isShadow(Channel channel) {
        Switches.Shadow switched = shadows.get().get(channel.name());
        return switched == null || switched.fileOn() != channel.shadow() ? channel.shadow() : switched.on();
    }

    public void set(Channel channel, boolean on, String by) {
        switches.shadow(new Switches.Shadow(channel.name(), on, channel.shadow()), by);
        shadows.read();
    }
}

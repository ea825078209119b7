package io.waybill.flow;

import io.waybill.channel.Channel;
import io.waybill.channel.Channel.Push;
import io.waybill.ledger.Switches;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Automatic or manual, channel by channel: what its file says, unless somebody switched it since. A switch made here counts at
 * once, one made on another node within a second; it counts no more once the file itself says something else.
 */
public final class PushModes implements Pushes {
    private final Switches switches;
    private final Fresh<Map<String, Switches.PushMode>> modes;

    public PushModes(Switches switches) {
        this.switches = switches;
        this.modes = new Fresh<>(
                () -> switches.pushModes().stream().collect(Collectors.toMap(Switches.PushMode::channel, mode -> mode)),
                Map.of());
    }

    @Override
    public boolean isManual(Channel channel) {
        return of(channel) == Push.MANUAL;
    }

    /** The mode in force. */
    public Push of(Channel channel) {
        Switches.PushMode switched = modes.get().get(channel.name());
        return switched == null || !switched.fileValue().equals(word(channel.push()))
                ? channel.push()
                : Push.valueOf(switched.mode().toUpperCase(Locale.ROOT));
    }

    public void set(Channel channel, Push mode, String by) {
        switches.pushMode(new Switches.PushMode(channel.name(), word(mode), word(channel.push())), by);
        modes.read();
    }

    private static String word(Push mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}

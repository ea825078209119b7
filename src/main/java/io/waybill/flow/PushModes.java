package io.waybill.flow;

import io.waybill.channel.Channel;
import io.waybill.channel.Channel.Push;
import io.waybill.ledger.Switches;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Automatic or manual, channel by channel: what its file says, unless somebody switched it since. A switch made here counts at
 * once, one made on another node within a second; it counts no more once the file itself says something else.
 */
public final class PushModes implements Pushes {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private record Known(Map<String, Switches.PushMode> modes, long readAt) {}

    private final Switches switches;
    private volatile Known known;

    public PushModes(Switches switches) {
        this.switches = switches;
        this.known = new Known(Map.of(), System.nanoTime() - FRESH);
    }

    @Override
    public boolean isManual(Channel channel) {
        return of(channel) == Push.MANUAL;
    }

    /** The mode in force. */
    public Push of(Channel channel) {
        Switches.PushMode switched = modes().get(channel.name());
        return switched == null || !switched.fileValue().equals(word(channel.push()))
                ? channel.push()
                : Push.valueOf(switched.mode().toUpperCase(Locale.ROOT));
    }

    public void set(Channel channel, Push mode, String by) {
        switches.pushMode(new Switches.PushMode(channel.name(), word(mode), word(channel.push())), by);
        read();
    }

    private Map<String, Switches.PushMode> modes() {
        Known now = known;
        return System.nanoTime() - now.readAt() < FRESH ? now.modes() : read();
    }

    private Map<String, Switches.PushMode> read() {
        Map<String, Switches.PushMode> modes =
                switches.pushModes().stream().collect(Collectors.toMap(Switches.PushMode::channel, mode -> mode));
        known = new Known(modes, System.nanoTime());
        return modes;
    }

    private static String word(Push mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}

package io.waybill.api;

import io.waybill.ledger.FormerChannels;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A channel to filter by is one that serves, or one that the ledger remembers. */
@Component
class ChannelFilter {
    private final Serving serving;
    private final FormerChannels former;

    ChannelFilter(Serving serving, FormerChannels former) {
        this.serving = serving;
        this.former = former;
    }

    void check(@Nullable String value) {
        String channel = Ask.text("channel", value);
        Set<String> names = serving.namesIfServing();
        if (channel != null && !names.isEmpty() && !names.contains(channel) && !former.remembers(channel)) {
            throw Ask.invalid("channel", "names no channel; there are: " + String.join(", ", names));
        }
    }
}

package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.channel.Channel;
import io.waybill.ledger.Switches;
import java.util.List;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/channels")
@Tag(name = "channels")
class ChannelsApi {
    private final Serving serving;
    private final Switches switches;

    ChannelsApi(Serving serving, Switches switches) {
        this.serving = serving;
        this.switches = switches;
    }

    record Channels(List<ChannelRow> items) {}

    @GetMapping
    @Operation(summary = "Channels of the bundle now serving")
    Channels list() {
        Set<String> paused = switches.paused();
        return new Channels(serving.names().stream()
                .map(name -> ChannelRow.of(serving.channel(name), paused.contains(name)))
                .toList());
    }

    @GetMapping("/{channel}")
    @Operation(
            summary = "One channel: what it can do, what it is sent, its tasks and switches. Never a setting's value")
    ChannelWhole one(@PathVariable String channel) {
        return whole(serving.channel(channel));
    }

    @PostMapping("/{channel}/pause")
    @Operation(summary = "Send nothing to a channel until it is resumed; receiving goes on")
    ChannelWhole pause(@PathVariable String channel, Caller caller) {
        Channel known = serving.channel(channel);
        switches.pause(known.name(), caller.name());
        return whole(known);
    }

    @PostMapping("/{channel}/resume")
    @Operation(summary = "Send to a paused channel again")
    ChannelWhole resume(@PathVariable String channel, Caller caller) {
        Channel known = serving.channel(channel);
        switches.resume(known.name(), caller.name());
        return whole(known);
    }

    private ChannelWhole whole(Channel channel) {
        List<Switches.Switch> own = switches.all().stream()
                .filter(s -> s.channel().equals(channel.name()))
                .toList();
        return ChannelWhole.of(serving.bundle(), channel, own);
    }
}

package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.api.access.Caller;
import io.waybill.channel.Channel;
import io.waybill.flow.PushModes;
import io.waybill.flow.ShadowModes;
import io.waybill.ledger.Switches;
import io.waybill.order.WaybillException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/channels")
@Tag(name = "channels")
public class ChannelsApi {
    private final Serving serving;
    private final Switches switches;
    private final PushModes modes;
    private final ShadowModes shadows;

    ChannelsApi(Serving serving, Switches switches, PushModes modes, ShadowModes shadows) {
        this.modes = modes;
        this.shadows = shadows;
        this.serving = serving;
        this.switches = switches;
    }

    public record Channels(List<ChannelRow> items) {}

    @GetMapping
    @Operation(summary = "Channels of the bundle now serving")
    public Channels list() {
        Set<String> paused = switches.paused();
        return new Channels(serving.names().stream()
                .map(serving::channel)
                .map(channel -> ChannelRow.of(channel, paused.contains(channel.name()), shadows.isShadow(channel)))
                .toList());
    }

    @GetMapping("/{channel}")
    @Operation(
            summary = "One channel: what it can do, what it is sent, its tasks and switches. Never a setting's value")
    public ChannelWhole one(@PathVariable String channel) {
        return whole(serving.channel(channel));
    }

    @PostMapping("/{channel}/pause")
    @Operation(summary = "Send nothing to a channel until it is resumed; receiving goes on")
    public ChannelWhole pause(@PathVariable String channel, Caller caller) {
        Channel known = serving.channel(channel);
        switches.pause(known.name(), caller.name());
        return whole(known);
    }

    @PostMapping("/{channel}/resume")
    @Operation(summary = "Send to a paused channel again")
    public ChannelWhole resume(@PathVariable String channel, Caller caller) {
        Channel known = serving.channel(channel);
        switches.resume(known.name(), caller.name());
        return whole(known);
    }

    /** @param push automatic or manual */
    public record PushMode(@Nullable String push) {}

    @PostMapping("/{channel}/push-mode")
    @Operation(
            summary =
                    "Push orders to a channel by themselves, or wait for a person; until its file says something else")
    public ChannelWhole pushMode(@PathVariable String channel, @RequestBody PushMode body, Caller caller) {
        Channel known = serving.channel(channel);
        Channel.Push mode = Ask.word("push", body.push(), Channel.Push.values(), ChannelWhole::word);
        if (mode == null) {
            throw new WaybillException(ApiError.INVALID_BODY, "Say \"push\": \"automatic\" or \"manual\".");
        }
        modes.set(known, mode, caller.name());
        return whole(known);
    }

    public record Shadow(@Nullable Boolean shadow) {}

    @PostMapping("/{channel}/shadow")
    @Operation(
            summary = "Record what would be sent to a channel and send nothing, or send again",
            description =
                    "Until its file says something else. What was withheld is not sent by switching it off: push or"
                            + " republish the orders.")
    public ChannelWhole shadow(@PathVariable String channel, @RequestBody Shadow body, Caller caller) {
        Channel known = serving.channel(channel);
        if (body.shadow() == null) {
            throw new WaybillException(ApiError.INVALID_BODY, "Say \"shadow\": true or false.");
        }
        shadows.set(known, body.shadow(), caller.name());
        return whole(known);
    }

    private ChannelWhole whole(Channel channel) {
        List<Switches.Switch> own = switches.all().stream()
                .filter(s -> s.channel().equals(channel.name()))
                .toList();
        return ChannelWhole.of(serving.bundle(), channel, modes.of(channel), shadows.isShadow(channel), own);
    }
}

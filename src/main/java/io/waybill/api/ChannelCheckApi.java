package io.waybill.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.waybill.channel.Channel;
import io.waybill.flow.ChannelCheck;
import io.waybill.flow.Prerequisite;
import io.waybill.order.WaybillException;
import java.util.Comparator;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/channels/{channel}/check")
@Tag(name = "channels")
public class ChannelCheckApi {
    private final Serving serving;
    private final ObjectProvider<ChannelCheck> check;

    ChannelCheckApi(Serving serving, ObjectProvider<ChannelCheck> check) {
        this.serving = serving;
        this.check = check;
    }

    /** @param state the worst of the findings' */
    public record Checked(String channel, Prerequisite.State state, List<Prerequisite> findings) {}

    @GetMapping
    @Operation(
            summary = "Has a channel all that it needs: settings, a system that answers, names for what waits",
            description = "Calls the system, and sends it no order. Every finding that is not ok says what to do.")
    public Checked check(@PathVariable("channel") String name) {
        Channel channel = serving.channel(name);
        ChannelCheck serves = check.getIfAvailable();
        if (serves == null) {
            throw new WaybillException(
                    ApiError.ROUTES_NOT_SERVING, "No routes are serving yet. Try again in a moment.");
        }
        List<Prerequisite> findings = serves.of(channel);
        return new Checked(
                channel.name(),
                findings.stream()
                        .map(Prerequisite::state)
                        .max(Comparator.naturalOrder())
                        .orElse(Prerequisite.State.OK),
                findings);
    }
}

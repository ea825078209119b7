package io.waybill.ops;

import io.waybill.camel.Outcome;
import io.waybill.channel.Channel;
import io.waybill.flow.Routes;
import io.waybill.ledger.Switches;
import io.waybill.ledger.Switches.Word;
import io.waybill.order.WaybillException;
import io.waybill.task.TaskSwitching;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * What people switched stands for a word of the channel's file. Once a deployment brings another word there, the file has the
 * say again, and the switch goes for good.
 */
final class OutdatedSwitches {
    private static final Logger log = LoggerFactory.getLogger(OutdatedSwitches.class);

    private final Routes routes;
    private final Switches switches;
    private final TaskSwitching tasks;

    OutdatedSwitches(Routes routes, Switches switches, TaskSwitching tasks) {
        this.routes = routes;
        this.switches = switches;
        this.tasks = tasks;
    }

    /** A deployment stands whether this succeeds or not: a switch against another word counts no more in any case. */
    @EventListener
    void deployed(Outcome.Switched switched) {
        try {
            switches.clearOutdated(routes.bundle().channels().values().stream()
                    .flatMap(this::words)
                    .toList());
        } catch (WaybillException e) {
            log.atWarn().addKeyValue("code", e.code().code()).log("Outdated switches could not be cleared");
        }
    }

    private Stream<Word> words(Channel channel) {
        List<Word> own = List.of(
                new Word(channel.name(), "push", channel.push().name().toLowerCase(Locale.ROOT)),
                new Word(channel.name(), "shadow", String.valueOf(channel.shadow())));
        return Stream.concat(own.stream(), tasks.words(channel).stream());
    }
}

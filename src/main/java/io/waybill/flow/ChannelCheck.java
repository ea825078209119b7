package io.waybill.flow;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Connector;
import io.waybill.channel.Operation;
import io.waybill.channel.Settings;
import io.waybill.ledger.Awaiting;
import io.waybill.order.WaybillException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Looks whether a channel has all that it needs: settings, a system that answers, names for what waits. Sends no order. */
public final class ChannelCheck {
    private final Routes routes;
    private final Settings settings;
    private final Awaiting awaiting;
    private final Reach reach;
    private final Clock clock;

    public ChannelCheck(Routes routes, Settings settings, Awaiting awaiting, Reach reach, Clock clock) {
        this.routes = routes;
        this.settings = settings;
        this.awaiting = awaiting;
        this.reach = reach;
        this.clock = clock;
    }

    /** Takes as long as the system takes to answer. */
    public List<Prerequisite> of(Channel channel) {
        List<Prerequisite> found = new ArrayList<>(settings(channel));
        boolean resolvable = found.isEmpty();
        if (resolvable) {
            found.add(Prerequisite.ok("settings", "All settings have a value."));
        }
        webhooks(channel, found);
        if (resolvable) {
            found.addAll(
                    channel.can(Operation.CHECK)
                            ? new AskedSystem(routes, clock).check(channel)
                            : new AskedNetwork(settings, reach).check(channel));
        }
        found.addAll(names(channel));
        return List.copyOf(found);
    }

    private List<Prerequisite> settings(Channel channel) {
        List<Prerequisite> problems = new ArrayList<>();
        for (String name : new TreeMap<>(channel.settings()).keySet()) {
            try {
                settings.find(channel, name);
            } catch (WaybillException e) {
                problems.add(Prerequisite.problem(
                        "setting " + name,
                        String.valueOf(e.getMessage()),
                        "Set the variable for the server's process, or let its user read the file."));
            }
        }
        return problems;
    }

    private static void webhooks(Channel channel, List<Prerequisite> found) {
        Connector.Webhook webhook = channel.connector().webhook();
        if (!webhook.signature().equals("none") && !channel.settings().containsKey(webhook.secret())) {
            found.add(Prerequisite.warning(
                    "webhooks",
                    "Without " + webhook.secret() + " anybody who reaches the port may post to /webhooks/"
                            + channel.name() + ".",
                    "Add " + webhook.secret() + " under settings: in the channel's file."));
        }
    }

    /** What orders wait for: articles and statuses without a name there. */
    private List<Prerequisite> names(Channel channel) {
        Bundle bundle = routes.bundle();
        List<Prerequisite> found = new ArrayList<>();
        awaiting.articles(channel.name()).forEach(article -> found.add(article(bundle, channel.name(), article)));
        awaiting.statuses(channel.name())
                .forEach(status -> found.add(Prerequisite.problem(
                        "status " + status.name(),
                        status.deliveries() + " waiting: the status \"" + status.name() + "\" has no meaning there.",
                        "Add it to map in a status mapping to " + channel.name() + ".")));
        if (found.isEmpty()) {
            found.add(Prerequisite.ok("articles", "No order waits for the name of an article or a status."));
        }
        return found;
    }

    private static Prerequisite article(Bundle bundle, String channel, Awaiting.Name article) {
        String there = bundle.skus().at(channel, article.name());
        String waiting = article.deliveries() + " waiting for an article that is not known there; ";
        return there.equals(article.name())
                ? Prerequisite.problem(
                        "article " + article.name(),
                        waiting + article.name() + " is among theirs and has no name for " + channel + ".",
                        "If it is the unknown one: add its name there to routes/skus.yaml, or the article there.")
                : Prerequisite.warning(
                        "article " + article.name(),
                        waiting + article.name() + " is among theirs and goes there as " + there + ".",
                        "If it is the unknown one: correct its name in routes/skus.yaml, or add the article there.");
    }
}

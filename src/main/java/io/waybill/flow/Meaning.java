package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.ledger.Commit;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Wanted;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.LabelCreated;
import io.waybill.order.Order;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderChanged;
import io.waybill.order.StatusChanged;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an event means in view of what is known of its order: news, which the routes decide on; an echo of what we told; or
 * stale. Commits nothing; only has a receipt wait that comes too early.
 */
final class Meaning {
    private final Routes routes;
    private final Ledger ledger;
    private final Decisions decisions;
    private final LabelSources labels;
    private final Setbacks setbacks;

    Meaning(Routes routes, Ledger ledger, LabelSources labels, Setbacks setbacks) {
        this.routes = routes;
        this.ledger = ledger;
        this.decisions = new Decisions(routes);
        this.labels = labels;
        this.setbacks = setbacks;
    }

    /** Null when the receipt has to wait. */
    @Nullable
    Commit of(Import item, @Nullable Known known) {
        Event event = item.event();
        if (event instanceof OrderChanged changed) {
            return known == null ? first(item, changed) : again(item, changed, known);
        }
        if (known == null) {
            setbacks.withoutOrder(item);
            return null;
        }
        return fact(item, event, known);
    }

    /** A status may name the order by the id that it has at the channel the status is for, where ops said so. */
    @Nullable
    Known byTheOtherSidesId(Import item) {
        if (!(item.event() instanceof StatusChanged changed)) {
            return null;
        }
        List<Wanted> others = routes.bundle().statusMappings().values().stream()
                .filter(mapping -> mapping.from().equals(item.channel()) && mapping.orderId() != null)
                .map(mapping -> new Wanted(mapping.to(), changed.orderId(), null))
                .toList();
        return others.isEmpty()
                ? null
                : ledger.look(others).stream()
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable Commit first(Import item, OrderChanged changed) {
        String from = item.channel();
        if (mayBeOurs(from)) {
            setbacks.mayBeOurs(item.receipt());
            return null;
        }
        Decisions.Made made = decisions.on(changed, from, changed.order(), null);
        return commit(item, null, changed, Commit.Outcome.APPLIED, made.state(), made);
    }

    /** An unknown order of a channel that does not repeat our reference may be the echo of a create still in flight. */
    private boolean mayBeOurs(String from) {
        Bundle bundle = routes.bundle();
        return bundle.channel(from)
                .filter(channel -> channel.can(Operation.CREATE_ORDER))
                .filter(channel -> !channel.connector().stampsReference())
                .map(Channel::name)
                .filter(ledger::createInFlight)
                .isPresent();
    }

    private Commit again(Import item, OrderChanged changed, Known known) {
        if (!item.channel().equals(known.channel())) {
            return toldByDestination(item, changed, known);
        }
        Order newest = known.newest();
        int newer = Versions.compare(changed.order(), newest);
        if (newer >= 0 && changed.order().withoutVersion().equals(newest.withoutVersion())) {
            return commit(item, known, changed, Commit.Outcome.ECHO, null, null);
        }
        if (newer < 0 || newer == 0 && item.receipt().id() < known.newestReceipt()) {
            return commit(item, known, changed, Commit.Outcome.STALE, null, null);
        }
        Decisions.Made made = decisions.on(changed, item.channel(), changed.order(), known);
        cancelIfCancelled(item, changed.order(), known);
        return commit(item, known, changed, Commit.Outcome.APPLIED, made.state(), made);
    }

    /** What a destination says of an order that we gave it changes nothing at the source; only its cancellation is news. */
    private Commit toldByDestination(Import item, OrderChanged changed, Known known) {
        cancelIfCancelled(item, changed.order(), known);
        return commit(item, known, changed, Commit.Outcome.ECHO, null, null);
    }

    private static void cancelIfCancelled(Import item, Order order, Known known) {
        if (order.isCancelled() && !known.cancelled()) {
            item.follow(OrderCancelled.ofSnapshot(order));
        }
    }

    private Commit fact(Import item, Event told, Known known) {
        String from = item.channel();
        Event kept = told instanceof LabelCreated label
                ? labels.kept(label)
                : told instanceof StatusChanged changed ? dated(changed, item, known) : told;
        Ledger.Told meant = ledger.told(known, from, kept);
        Event event = meant.fact();
        if (meant.echo() || event instanceof StatusChanged changed && isWhatWeTold(from, changed, known)) {
            return commit(item, known, event, Commit.Outcome.ECHO, null, null);
        }
        Decisions.Made made = decisions.on(event, item.channel(), known.tagged(), known);
        return commit(item, known, event, Commit.Outcome.APPLIED, null, made);
    }

    /** The word alone names a status without a time: told again after another word, it is news of the time it came. */
    private StatusChanged dated(StatusChanged changed, Import item, Known known) {
        String said = changed.at() == null ? ledger.statusSaid(known.id(), item.channel()) : null;
        return said == null || said.equals(changed.status())
                ? changed
                : new StatusChanged(
                        changed.orderId(), changed.status(), item.receipt().receivedAt());
    }

    /** A channel that was told a status says it back, sometimes before its answer has arrived. */
    private boolean isWhatWeTold(String from, StatusChanged changed, Known known) {
        Bundle bundle = routes.bundle();
        String told = ledger.statusToldTo(known.id(), from);
        return told != null && StatusWords.says(bundle, from, changed.status(), told)
                || ledger.statusesInFlight(known.id(), from).stream()
                        .map(s -> new StatusWords(bundle, s.from(), from).told(s.status()))
                        .anyMatch(word -> StatusWords.says(bundle, from, changed.status(), word));
    }

    private Commit commit(
            Import item,
            @Nullable Known known,
            Event event,
            Commit.Outcome outcome,
            @Nullable Order state,
            Decisions.@Nullable Made made) {
        Event kept = event instanceof LabelCreated label ? labels.kept(label) : event;
        return new Commit(
                item.receipt().id(),
                item.receipt().fence(),
                item.isLast(),
                item.channel(),
                known,
                kept,
                outcome,
                state,
                new String(EventJson.write(kept), UTF_8),
                made == null ? List.of() : made.decided());
    }
}

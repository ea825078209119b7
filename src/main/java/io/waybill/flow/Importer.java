package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.channel.Bundle;
import io.waybill.channel.Channel;
import io.waybill.channel.Operation;
import io.waybill.flow.FlowListener.Taken;
import io.waybill.ledger.Commit;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Receipts;
import io.waybill.ledger.Verdict;
import io.waybill.ledger.Wanted;
import io.waybill.order.Event;
import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import io.waybill.order.LabelCreated;
import io.waybill.order.Order;
import io.waybill.order.OrderCancelled;
import io.waybill.order.OrderChanged;
import io.waybill.order.StatusChanged;
import io.waybill.order.WaybillException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receipts to decided, committed events. Claims up to 64, reads each, lets the routes decide, commits all of them in one
 * transaction. A receipt that cannot be read parks alone; a batch that fails is repeated one by one; a fact whose order is
 * not known yet waits for it.
 */
public final class Importer {
    private static final Logger log = LoggerFactory.getLogger(Importer.class);
    private static final int BATCH = 64;
    private static final int MAX_ATTEMPTS = 8;
    private static final int MAX_DECISIONS = 10;
    static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration WAIT_FOR_ORDER = Duration.ofMinutes(1);
    private static final Duration WAIT_FOR_PARTNER = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_CREATE = Duration.ofMillis(500);

    private final Routes routes;
    private final Receipts receipts;
    private final Ledger ledger;
    private final Reading reading;
    private final Decisions decisions;
    private final UntoldFacts untold;
    private final LabelSources labels;
    private final Wake deliveries;
    private final FlowListener listener;
    private final Traces traces;

    public Importer(
            Routes routes,
            Receipts receipts,
            Ledger ledger,
            Reading reading,
            LabelSources labels,
            Wake deliveries,
            FlowListener listener,
            Traces traces) {
        this.routes = routes;
        this.receipts = receipts;
        this.ledger = ledger;
        this.reading = reading;
        this.decisions = new Decisions(routes);
        this.untold = new UntoldFacts(routes, ledger);
        this.labels = labels;
        this.deliveries = deliveries;
        this.listener = listener;
        this.traces = traces;
    }

    /** A receipt on its way, with the events it still has to commit. */
    private static final class Item {
        private final Receipts.Claimed receipt;
        private final Deque<Event> events;
        private int decided;

        private Item(Receipts.Claimed receipt, List<Event> events) {
            this.receipt = receipt;
            this.events = new ArrayDeque<>(events);
        }

        private Event event() {
            return events.element();
        }

        private String orderKey() {
            return receipt.channel() + '\0' + event().orderId();
        }
    }

    /** One round; answers how many receipts it took up. */
    public int round() {
        List<Receipts.Claimed> claimed = receipts.claim(BATCH, LEASE);
        Deque<Item> items = new ArrayDeque<>();
        Set<String> silent = new HashSet<>();
        claimed.forEach(receipt -> read(receipt, items, silent));
        while (!items.isEmpty()) {
            commit(wave(items), items);
        }
        return claimed.size();
    }

    /** @param silent channels that did not answer in this round: asking each time would outlast the lease of the rest */
    private void read(Receipts.Claimed receipt, Deque<Item> items, Set<String> silent) {
        if (silent.contains(receipt.channel())) {
            receipts.later(
                    receipt.id(),
                    receipt.fence(),
                    WAIT_FOR_PARTNER,
                    FlowError.CHANNEL_SILENT.code(),
                    "The channel did not answer about another message.",
                    null,
                    false);
            listener.imported(receipt.channel(), Taken.POSTPONED);
            return;
        }
        try (LogNames names = LogNames.of(receipt, null)) {
            Reading.Result result = readTraced(receipt);
            if (result.events().isEmpty()) {
                receipts.split(receipt, reading.topicOfElements(receipt), result.elements());
                listener.imported(receipt.channel(), Taken.SPLIT);
            } else {
                items.add(new Item(receipt, result.events()));
            }
        } catch (InvalidEvent e) {
            receipts.park(receipt.id(), receipt.fence(), e.code().code(), e.path(), String.valueOf(e.getMessage()));
            listener.imported(receipt.channel(), Taken.PARKED);
        } catch (RuntimeException e) {
            if (Fault.isPartners(e)) {
                silent.add(receipt.channel());
            }
            failed(receipt, e, FlowError.READ_FAILED.code());
        }
    }

    private Reading.Result readTraced(Receipts.Claimed receipt) {
        try (Traces.Step step = traces.importing(receipt, "read")) {
            return reading.read(receipt);
        }
    }

    /** At most one event an order: what comes second must be decided on what the first one made of it. */
    private static List<Item> wave(Deque<Item> items) {
        Set<String> orders = new HashSet<>();
        List<Item> wave = new ArrayList<>();
        for (int i = items.size(); i > 0; i--) {
            Item item = items.remove();
            if (orders.add(item.orderKey())) {
                wave.add(item);
            } else {
                items.add(item);
            }
        }
        return wave;
    }

    private void commit(List<Item> wave, Deque<Item> rest) {
        try {
            commitTogether(wave, rest);
        } catch (RuntimeException e) {
            if (Fault.isDatabaseAway(e)) {
                throw e;
            }
            if (wave.size() == 1) {
                failed(wave.get(0).receipt, e, FlowError.IMPORT_FAILED.code());
            } else {
                wave.forEach(item -> commit(List.of(item), rest));
            }
        }
    }

    private void commitTogether(List<Item> wave, Deque<Item> rest) {
        List<@Nullable Known> known =
                ledger.look(wave.stream().map(Importer::wanted).toList());
        Set<Long> taken = new HashSet<>();
        List<Item> ready = new ArrayList<>();
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < wave.size(); i++) {
            Known order = known.get(i) == null ? byTheOtherSidesId(wave.get(i)) : known.get(i);
            if (order != null && !taken.add(order.id())) {
                // Two names of one order in one wave, the source's id and a lane's: one after the other.
                rest.add(wave.get(i));
                continue;
            }
            Commit commit = decideTraced(wave.get(i), order);
            if (commit != null) {
                ready.add(wave.get(i));
                commits.add(commit);
            }
        }
        if (!commits.isEmpty()) {
            List<Commit.Result> results = ledger.commit(commits);
            deliveries.signal();
            for (int i = 0; i < results.size(); i++) {
                settled(ready.get(i), results.get(i), rest);
                if (results.get(i) == Commit.Result.COMMITTED) {
                    tellWhatWasUntold(commits.get(i));
                }
            }
        }
    }

    /** A later state may go where earlier ones did not: what was told meanwhile follows it. */
    private void tellWhatWasUntold(Commit commit) {
        Known known = commit.known();
        if (known != null
                && commit.state() != null
                && commit.decisions().stream()
                        .anyMatch(d -> d.verdict() == Verdict.PUBLISH && !known.isLinked(d.channel()))) {
            untold.tell(known.id(), "waybill");
        }
    }

    /** A status may name the order by the id that it has at the channel the status is for, where ops said so. */
    private @Nullable Known byTheOtherSidesId(Item item) {
        if (!(item.event() instanceof StatusChanged changed)) {
            return null;
        }
        List<Wanted> others = routes.bundle().statusMappings().values().stream()
                .filter(mapping -> mapping.from().equals(item.receipt.channel()) && mapping.orderId() != null)
                .map(mapping -> new Wanted(mapping.to(), changed.orderId(), null))
                .toList();
        return others.isEmpty()
                ? null
                : ledger.look(others).stream()
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    private static Wanted wanted(Item item) {
        Event event = item.event();
        String reference =
                event instanceof OrderChanged changed ? changed.order().reference() : null;
        return new Wanted(item.receipt.channel(), event.orderId(), reference);
    }

    private void settled(Item item, Commit.Result result, Deque<Item> rest) {
        switch (result) {
            case COMMITTED, REPEATED -> {
                item.events.remove();
                if (item.events.isEmpty()) {
                    listener.imported(item.receipt.channel(), Taken.IMPORTED);
                } else {
                    rest.add(item);
                }
            }
            case STALE_DECISION -> {
                if (++item.decided < MAX_DECISIONS) {
                    rest.add(item);
                } else {
                    receipts.later(
                            item.receipt.id(),
                            item.receipt.fence(),
                            Duration.ofSeconds(1),
                            FlowError.IMPORT_FAILED.code(),
                            "The order keeps changing; tried again soon.",
                            null,
                            false);
                    listener.imported(item.receipt.channel(), Taken.POSTPONED);
                }
            }
            case LEASE_LOST ->
                log.atDebug().addKeyValue("receipt", item.receipt.id()).log("Lease lost");
        }
    }

    private @Nullable Commit decideTraced(Item item, @Nullable Known known) {
        try (LogNames names = LogNames.of(item.receipt, known == null ? null : known.id());
                Traces.Step step = traces.importing(item.receipt, "decide")) {
            return decide(item, known);
        }
    }

    /** Null when the receipt has to wait. */
    private @Nullable Commit decide(Item item, @Nullable Known known) {
        Event event = item.event();
        if (event instanceof OrderChanged changed) {
            return known == null ? first(item, changed) : again(item, changed, known);
        }
        if (known == null) {
            receipts.later(
                    item.receipt.id(),
                    item.receipt.fence(),
                    WAIT_FOR_ORDER,
                    FlowError.WAITING_FOR_ORDER.code(),
                    "The order of this " + event.type().word() + " is not known yet. It is imported as soon as it is.",
                    event.orderId(),
                    false);
            listener.imported(item.receipt.channel(), Taken.POSTPONED);
            return null;
        }
        return fact(item, event, known);
    }

    private @Nullable Commit first(Item item, OrderChanged changed) {
        String from = item.receipt.channel();
        if (mayBeOurs(from)) {
            receipts.later(
                    item.receipt.id(),
                    item.receipt.fence(),
                    WAIT_FOR_CREATE,
                    FlowError.WAITING_FOR_CREATE.code(),
                    "An order of ours is just being created there; this may be it.",
                    null,
                    false);
            listener.imported(item.receipt.channel(), Taken.POSTPONED);
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

    private Commit again(Item item, OrderChanged changed, Known known) {
        if (!item.receipt.channel().equals(known.channel())) {
            return toldByDestination(item, changed, known);
        }
        Order newest = known.newest();
        int newer = Versions.compare(changed.order(), newest);
        if (newer >= 0 && changed.order().withoutVersion().equals(newest.withoutVersion())) {
            return commit(item, known, changed, Commit.Outcome.ECHO, null, null);
        }
        if (newer < 0 || newer == 0 && item.receipt.id() < known.newestReceipt()) {
            return commit(item, known, changed, Commit.Outcome.STALE, null, null);
        }
        Decisions.Made made = decisions.on(changed, item.receipt.channel(), changed.order(), known);
        cancelIfCancelled(item, changed.order(), known);
        return commit(item, known, changed, Commit.Outcome.APPLIED, made.state(), made);
    }

    /** What a destination says of an order that we gave it changes nothing at the source; only its cancellation is news. */
    private Commit toldByDestination(Item item, OrderChanged changed, Known known) {
        cancelIfCancelled(item, changed.order(), known);
        return commit(item, known, changed, Commit.Outcome.ECHO, null, null);
    }

    private static void cancelIfCancelled(Item item, Order order, Known known) {
        if (order.isCancelled() && !known.cancelled()) {
            item.events.add(OrderCancelled.ofSnapshot(order));
        }
    }

    private Commit fact(Item item, Event told, Known known) {
        String from = item.receipt.channel();
        Event kept = told instanceof LabelCreated label
                ? labels.kept(label)
                : told instanceof StatusChanged changed ? dated(changed, item, known) : told;
        Ledger.Told meant = ledger.told(known, from, kept);
        Event event = meant.fact();
        if (meant.echo() || event instanceof StatusChanged changed && isWhatWeTold(from, changed, known)) {
            return commit(item, known, event, Commit.Outcome.ECHO, null, null);
        }
        Decisions.Made made = decisions.on(event, item.receipt.channel(), known.tagged(), known);
        return commit(item, known, event, Commit.Outcome.APPLIED, null, made);
    }

    /** The word alone names a status without a time: told again after another word, it is news of the time it came. */
    private StatusChanged dated(StatusChanged changed, Item item, Known known) {
        String said = changed.at() == null ? ledger.statusSaid(known.id(), item.receipt.channel()) : null;
        return said == null || said.equals(changed.status())
                ? changed
                : new StatusChanged(changed.orderId(), changed.status(), item.receipt.receivedAt());
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
            Item item,
            @Nullable Known known,
            Event event,
            Commit.Outcome outcome,
            @Nullable Order state,
            Decisions.@Nullable Made made) {
        Event kept = event instanceof LabelCreated label ? labels.kept(label) : event;
        return new Commit(
                item.receipt.id(),
                item.receipt.fence(),
                item.events.size() == 1,
                item.receipt.channel(),
                known,
                kept,
                outcome,
                state,
                new String(EventJson.write(kept), UTF_8),
                made == null ? List.of() : made.decided());
    }

    /** The channel was asked about this message and did not answer: nothing is wrong with the message. */
    private void waitForPartner(Receipts.Claimed receipt, RuntimeException e) {
        WaybillException known = Fault.find(e, WaybillException.class);
        log.atInfo()
                .addKeyValue("receipt", receipt.id())
                .addKeyValue("channel", receipt.channel())
                .log("A channel did not answer about a message of its own; asked again later");
        receipts.later(
                receipt.id(),
                receipt.fence(),
                Duration.ofSeconds(1L << Math.min(receipt.attempts(), 9)),
                known == null ? FlowError.CHANNEL_SILENT.code() : known.code().code(),
                known == null
                        ? "The channel could not be asked about this message."
                        : String.valueOf(known.getMessage()),
                null,
                true);
        listener.imported(receipt.channel(), Taken.POSTPONED);
    }

    private void failed(Receipts.Claimed receipt, RuntimeException e, String code) {
        if (Fault.isDatabaseAway(e)) {
            throw e;
        }
        if (Fault.isPartners(e)) {
            waitForPartner(receipt, e);
            return;
        }
        WaybillException known = Fault.find(e, WaybillException.class);
        boolean permanent = known instanceof InvalidEvent || receipt.attempts() + 1 >= MAX_ATTEMPTS;
        String message = known == null ? "Failed with " + e.getClass().getSimpleName() + "." : known.getMessage();
        log.atWarn()
                .addKeyValue("receipt", receipt.id())
                .addKeyValue("channel", receipt.channel())
                .setCause(known == null ? e : null)
                .log("A receipt could not be imported");
        if (permanent) {
            receipts.park(receipt.id(), receipt.fence(), code, null, String.valueOf(message));
            listener.imported(receipt.channel(), Taken.PARKED);
        } else {
            Duration delay = Duration.ofSeconds(1L << receipt.attempts());
            receipts.later(receipt.id(), receipt.fence(), delay, code, String.valueOf(message), null, true);
            listener.imported(receipt.channel(), Taken.POSTPONED);
        }
    }
}

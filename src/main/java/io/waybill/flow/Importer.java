package io.waybill.flow;

import io.waybill.flow.FlowListener.Taken;
import io.waybill.ledger.Commit;
import io.waybill.ledger.Known;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Receipts;
import io.waybill.ledger.Verdict;
import io.waybill.order.InvalidEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
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
    private static final int MAX_DECISIONS = 10;
    static final Duration LEASE = Duration.ofSeconds(60);

    private final Receipts receipts;
    private final Ledger ledger;
    private final Reading reading;
    private final Setbacks setbacks;
    private final Meaning meaning;
    private final UntoldFacts untold;
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
        this.receipts = receipts;
        this.ledger = ledger;
        this.reading = reading;
        this.setbacks = new Setbacks(receipts, listener);
        this.meaning = new Meaning(routes, ledger, labels, setbacks);
        this.untold = new UntoldFacts(routes, ledger);
        this.deliveries = deliveries;
        this.listener = listener;
        this.traces = traces;
    }

    /** One round; answers how many receipts it took up. */
    public int round() {
        List<Receipts.Claimed> claimed = receipts.claim(BATCH, LEASE);
        Deque<Import> items = new ArrayDeque<>();
        Set<String> silent = new HashSet<>();
        claimed.forEach(receipt -> read(receipt, items, silent));
        while (!items.isEmpty()) {
            commit(wave(items), items);
        }
        return claimed.size();
    }

    /** @param silent channels that did not answer in this round: asking each time would outlast the lease of the rest */
    private void read(Receipts.Claimed receipt, Deque<Import> items, Set<String> silent) {
        if (silent.contains(receipt.channel())) {
            setbacks.silent(receipt);
            return;
        }
        try (LogNames names = LogNames.of(receipt, null)) {
            Reading.Result result = readTraced(receipt);
            if (result.events().isEmpty()) {
                receipts.split(receipt, reading.topicOfElements(receipt), result.elements());
                listener.imported(receipt.channel(), Taken.SPLIT);
            } else {
                items.add(new Import(receipt, result.events()));
            }
        } catch (InvalidEvent e) {
            setbacks.unreadable(receipt, e);
        } catch (RuntimeException e) {
            if (Fault.isPartners(e)) {
                silent.add(receipt.channel());
            }
            setbacks.failed(receipt, e, FlowError.READ_FAILED);
        }
    }

    private Reading.Result readTraced(Receipts.Claimed receipt) {
        try (Traces.Step step = traces.importing(receipt, "read")) {
            return reading.read(receipt);
        }
    }

    /** At most one event an order: what comes second must be decided on what the first one made of it. */
    private static List<Import> wave(Deque<Import> items) {
        Set<String> orders = new HashSet<>();
        List<Import> wave = new ArrayList<>();
        for (int i = items.size(); i > 0; i--) {
            Import item = items.remove();
            if (orders.add(item.orderKey())) {
                wave.add(item);
            } else {
                items.add(item);
            }
        }
        return wave;
    }

    private void commit(List<Import> wave, Deque<Import> rest) {
        try {
            commitTogether(wave, rest);
        } catch (RuntimeException e) {
            if (Fault.isDatabaseAway(e)) {
                throw e;
            }
            if (wave.size() == 1) {
                setbacks.failed(wave.get(0).receipt(), e, FlowError.IMPORT_FAILED);
            } else {
                wave.forEach(item -> commit(List.of(item), rest));
            }
        }
    }

    private void commitTogether(List<Import> wave, Deque<Import> rest) {
        List<@Nullable Known> known =
                ledger.look(wave.stream().map(Import::wanted).toList());
        Set<Long> taken = new HashSet<>();
        List<Import> ready = new ArrayList<>();
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < wave.size(); i++) {
            Known order = known.get(i) == null ? meaning.byTheOtherSidesId(wave.get(i)) : known.get(i);
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

    private void settled(Import item, Commit.Result result, Deque<Import> rest) {
        switch (result) {
            case COMMITTED, REPEATED -> {
                if (item.next()) {
                    rest.add(item);
                } else {
                    listener.imported(item.channel(), Taken.IMPORTED);
                }
            }
            case STALE_DECISION -> {
                if (item.overtaken() < MAX_DECISIONS) {
                    rest.add(item);
                } else {
                    setbacks.keepsChanging(item.receipt());
                }
            }
            case LEASE_LOST ->
                log.atDebug().addKeyValue("receipt", item.receipt().id()).log("Lease lost");
        }
    }

    private @Nullable Commit decideTraced(Import item, @Nullable Known known) {
        try (LogNames names = LogNames.of(item.receipt(), known == null ? null : known.id());
                Traces.Step step = traces.importing(item.receipt(), "decide")) {
            return meaning.of(item, known);
        }
    }
}

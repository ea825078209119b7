package io.waybill.task;

import io.waybill.channel.TaskKind;
import io.waybill.flow.DeliveryFault;
import io.waybill.flow.Inbound;
import io.waybill.flow.Inbox;
import io.waybill.flow.Routes;
import io.waybill.ledger.Cursors;
import io.waybill.ledger.RunSummary;
import io.waybill.order.WaybillException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Polls a channel and puts every message into the inbox. The cursor moves only once all of a page is durable, and a poll
 * that fails leaves it: the next run asks for the same again, and what was stored meanwhile comes as a duplicate.
 */
final class Importing implements Work {
    /** The inbox takes so much at once without others having to wait. */
    private static final int CHUNK = 500;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int MOST_WAITS = 5;

    private final Routes routes;
    private final Inbox inbox;
    private final Cursors cursors;
    private final TaskSettings settings;
    private final Clock clock;
    private final Consumer<Duration> waiting;

    Importing(Routes routes, Inbox inbox, Cursors cursors, TaskSettings settings, Clock clock) {
        this(routes, inbox, cursors, settings, clock, Importing::pause);
    }

    /** @param waiting how a while passes */
    Importing(
            Routes routes,
            Inbox inbox,
            Cursors cursors,
            TaskSettings settings,
            Clock clock,
            Consumer<Duration> waiting) {
        this.waiting = waiting;
        this.routes = routes;
        this.inbox = inbox;
        this.cursors = cursors;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Set<TaskKind> kinds() {
        return Set.of(TaskKind.IMPORT_ORDERS, TaskKind.IMPORT_UPDATES, TaskKind.IMPORT_FBA_ORDERS);
    }

    @Override
    public RunSummary run(TaskRun run) {
        Walk walk = new Walk(
                clock.instant(),
                cursors.find(run.channel().name(), run.kind().word())
                        .map(Cursors.Cursor::value)
                        .orElse(null),
                run.option("overlap", settings.overlap()),
                run.option("since", settings.since()));
        RunSummary summary = RunSummary.NOTHING;
        for (int page = 0; page < settings.pages() && walk.goesOn(); page++) {
            summary = summary.plus(step(run, walk, summary));
        }
        return summary;
    }

    private RunSummary step(TaskRun run, Walk walk, RunSummary before) {
        Page page = poll(run, walk.question());
        RunSummary stored = page.taken().plus(store(run, page.items()));
        // Told before the cursor moves: a run that is not ours any more must leave it.
        run.progress().accept(before.plus(stored));
        String cursor = walk.arrive(page);
        if (cursor != null) {
            cursors.set(run.channel().name(), run.kind().word(), cursor);
        }
        return stored;
    }

    /** A channel that says when to come back is waited for: pages that were turned so far would be lost with the run. */
    private Page poll(TaskRun run, Walk.Question question) {
        for (int patience = 0; ; patience++) {
            try {
                return pollOnce(run, question);
            } catch (DeliveryFault e) {
                Duration wait = e.retryAfter();
                boolean waits = e.faultKind() == DeliveryFault.Kind.BUSY
                        && wait != null
                        && wait.compareTo(LONGEST_WAIT) <= 0
                        && patience < MOST_WAITS;
                if (!waits) {
                    throw e;
                }
                waiting.accept(wait);
            }
        }
    }

    private Page pollOnce(TaskRun run, Walk.Question question) {
        String channel = run.channel().name();
        String operation = run.kind().operation().word();
        Exchange exchange = routes.request("direct:" + channel + "-" + operation, e -> {
            e.setVariable("channel", channel);
            e.setVariable("operation", operation);
            e.setVariable("task", run.kind().word());
            e.setVariable("updatedSince", question.updatedSince().toString());
            e.setVariable("cursor", question.cursor());
            e.setVariable("page", question.page());
            run.options().forEach(e::setVariable);
        });
        Operating.rethrow(exchange);
        return Page.of(exchange);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WaybillException(
                    TaskError.INTERRUPTED, "The server is stopping. The next run goes on from here.");
        }
    }

    private RunSummary store(TaskRun run, List<Item> items) {
        RunSummary summary = RunSummary.NOTHING;
        for (int from = 0; from < items.size(); from += CHUNK) {
            summary = summary.plus(storeChunk(run, items.subList(from, Math.min(from + CHUNK, items.size()))));
        }
        return summary;
    }

    /** All are waited for, also when one fails: nothing is given up for the sake of another. */
    private RunSummary storeChunk(TaskRun run, List<Item> items) {
        String topic = run.kind() == TaskKind.IMPORT_UPDATES ? "updates" : Inbound.ORDERS;
        List<CompletableFuture<Inbox.Stored>> waiting = new ArrayList<>();
        items.forEach(item ->
                waiting.add(inbox.receive(Inbound.of(run.channel().name(), topic, item.eventId(), "{}", item.body()))));
        RunSummary summary = RunSummary.NOTHING;
        @Nullable RuntimeException failure = null;
        for (CompletableFuture<Inbox.Stored> one : waiting) {
            try {
                summary = summary.plus(counted(one.join().fate()));
            } catch (CompletionException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return summary;
    }

    private static RunSummary counted(Inbox.Fate fate) {
        return switch (fate) {
            case STORED -> new RunSummary(1, 1, 0, 0, 0);
            case DUPLICATE -> new RunSummary(1, 0, 1, 0, 0);
            case CONFLICT -> new RunSummary(1, 0, 0, 1, 0);
        };
    }
}

package io.waybill.task;

import io.waybill.channel.StatusMapping;
import io.waybill.flow.Inbound;
import io.waybill.flow.Inbox;
import io.waybill.flow.Routes;
import io.waybill.flow.StatusAgain;
import io.waybill.flow.StatusWords;
import io.waybill.ledger.RunSummary;
import io.waybill.ledger.Statuses;
import io.waybill.ledger.Statuses.Standing;
import io.waybill.order.EventJson;
import io.waybill.order.StatusChanged;
import io.waybill.status.Meaning;
import io.waybill.task.StatusReport.Found;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One mapping, order by order: what the one channel says now against what the other was told last. Where they differ, a word
 * that is new to the ledger is taken in like any message, and one that it knows is sent again as the map has it now. What is
 * on its way already is left alone, so a second run changes nothing.
 */
final class StatusSync {
    /** Nobody answers: the run ends, and says so. */
    private static final int FAILURES_IN_A_ROW = 10;

    private static final Set<String> FINAL = Set.of("delivered", "cancelled", "refunded", "returned");

    private final StatusMapping mapping;
    private final Statuses statuses;
    private final StatusAsking asking;
    private final Inbox inbox;
    private final StatusAgain again;
    private final StatusReport report;
    private final StatusWords words;
    private int failures;

    StatusSync(
            StatusMapping mapping,
            Routes routes,
            Statuses statuses,
            StatusAsking asking,
            Inbox inbox,
            StatusAgain again,
            StatusReport report) {
        this.mapping = mapping;
        this.statuses = statuses;
        this.asking = asking;
        this.inbox = inbox;
        this.again = again;
        this.report = report;
        this.words = new StatusWords(routes.bundle(), mapping.from(), mapping.to());
    }

    /** The word that counts now; {@code event} is null while the ledger does not know it. */
    private record Word(String text, @Nullable Instant at, @Nullable Long event) {}

    void run(Consumer<RunSummary> progress) {
        long below = Long.MAX_VALUE;
        for (List<Standing> page = statuses.between(mapping.from(), mapping.to(), below);
                !page.isEmpty();
                page = statuses.between(mapping.from(), mapping.to(), below)) {
            page.forEach(this::lookSafely);
            below = page.get(page.size() - 1).order();
            progress.accept(report.summary());
        }
    }

    private void lookSafely(Standing standing) {
        try {
            look(standing);
            failures = 0;
        } catch (RuntimeException e) {
            if (++failures >= FAILURES_IN_A_ROW) {
                throw e;
            }
            report.add(
                    Found.FAILED,
                    mapping.name(),
                    standing,
                    standing.word(),
                    Failure.of(e).message());
        }
    }

    private void look(Standing standing) {
        @Nullable Word word = word(standing);
        if (word == null) {
            found(Found.UNCHANGED, standing, null, mapping.from() + " has told no status yet.");
            return;
        }
        Meaning meaning = words.meaning(word.text());
        if (meaning instanceof Meaning.LeftOut) {
            found(Found.UNCHANGED, standing, word, "This status is not among those to synchronise.");
        } else if (meaning instanceof Meaning.Unmapped) {
            hold(standing, word);
        } else if (meaning instanceof Meaning.Means means
                && means.status().word().equals(standing.told())) {
            found(Found.UNCHANGED, standing, word, null);
        } else {
            tell(standing, word);
        }
    }

    private @Nullable Word word(Standing standing) {
        StatusAsking.@Nullable Answer said = isFinal(standing) ? null : asking.ask(standing);
        if (said != null && !said.word().equals(standing.word())) {
            return new Word(said.word(), said.at(), null);
        }
        return standing.word() == null ? null : new Word(standing.word(), standing.at(), standing.event());
    }

    private static boolean isFinal(Standing standing) {
        return standing.told() != null && FINAL.contains(standing.told());
    }

    /** It goes the usual way, where it is held, shown, and resumed when the map is mended. */
    private void hold(Standing standing, Word word) {
        if (word.event() == null) {
            takeIn(standing, word);
        } else if (!"waiting".equals(standing.state())) {
            send(standing, word, word.event());
        }
        found(Found.UNMAPPED, standing, word, "Add it to statuses and map in routes/" + mapping.path() + ".");
    }

    private void tell(Standing standing, Word word) {
        if (word.event() == null) {
            boolean isNew = takeIn(standing, word);
            found(isNew ? Found.CHANGED : Found.UNCHANGED, standing, word, isNew ? null : "On its way already.");
        } else if ("waiting".equals(standing.state())) {
            found(Found.UNCHANGED, standing, word, "On its way already.");
        } else if ("failed".equals(standing.state()) || "unknown".equals(standing.state())) {
            found(Found.FAILED, standing, word, standing.error());
        } else {
            @Nullable String withheld = send(standing, word, word.event());
            found(withheld == null ? Found.CHANGED : Found.UNCHANGED, standing, word, withheld);
        }
    }

    private boolean takeIn(Standing standing, Word word) {
        String since =
                word.at() == null ? "after " + standing.event() : word.at().toString();
        byte[] body = EventJson.write(changed(standing, word));
        Inbound message = Inbound.of(
                mapping.from(), Inbound.STATUSES, fromId(standing) + " " + word.text() + " " + since, "{}", body);
        return inbox.receive(message).join().fate() == Inbox.Fate.STORED;
    }

    private @Nullable String send(Standing standing, Word word, long event) {
        return again.send(standing.order(), event, changed(standing, word), mapping.from(), mapping.to());
    }

    /** A channel that tells no time means: after what it told before. Never the clock, so that the same is the same again. */
    private static StatusChanged changed(Standing standing, Word word) {
        @Nullable Instant before = standing.at();
        Instant at = word.at() == null && before != null ? before.plusMillis(1) : word.at();
        return new StatusChanged(fromId(standing), word.text(), at);
    }

    private static String fromId(Standing standing) {
        return standing.fromId() == null ? standing.toId() : standing.fromId();
    }

    private void found(Found found, Standing standing, @Nullable Word word, @Nullable String note) {
        report.add(found, mapping.name(), standing, word == null ? null : word.text(), note);
    }
}

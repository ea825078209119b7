package io.waybill.camel;

import io.waybill.camel.Generations.Prepared;
import io.waybill.channel.BundleFiles;
import io.waybill.flow.Share;
import io.waybill.ledger.DeploymentLog.Accepted;
import io.waybill.ledger.Proposals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other servers on the same database: says that this one is alive, knows its share of each limit, checks what they propose, and follows what was
 * accepted. Works for the one thread at a time that deploys; only the heartbeat has a thread of its own, since checking may
 * take longer than a server counts as alive.
 */
final class Fellows {
    private static final Logger log = LoggerFactory.getLogger(Fellows.class);
    private static final long EVERY_MILLIS = 1_000;
    private static final long LONGEST_STOP_SECONDS = 5;
    /** How soon a version is tried again that could not start here. */
    private static final long AGAIN_NANOS = Duration.ofSeconds(15).toNanos();

    /** Built for a proposal of another server, until that is decided. */
    private record Ready(long proposal, String bundle, Prepared prepared) {}

    private final Accord accord;
    private final RoutesFolder folder;
    private final Generations generations;
    private final Trial trial;
    private final Standing standing;
    private final Consumer<Outcome> publish;
    private final Consumer<Share> divided;
    private volatile Share share = Share.WHOLE;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "waybill-fellows");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Ready ready;
    private @Nullable Accepted awaited;
    private long triedAt = System.nanoTime() - AGAIN_NANOS;
    private volatile boolean nameShared;
    private volatile boolean away;

    Fellows(
            Accord accord,
            RoutesFolder folder,
            Generations generations,
            Trial trial,
            Standing standing,
            Consumer<Outcome> publish,
            Consumer<Share> divided) {
        this.accord = accord;
        this.folder = folder;
        this.generations = generations;
        this.trial = trial;
        this.standing = standing;
        this.publish = publish;
        this.divided = divided;
    }

    void start(Runnable tick) {
        threads.scheduleWithFixedDelay(() -> attempted(this::beat), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        threads.scheduleWithFixedDelay(() -> attempted(tick), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** At once, so that a crash right after a deployment does not forget what this server knew of its folder. */
    void say() {
        attempted(this::beat);
    }

    private void beat() {
        boolean alone = accord.nodes().beat(standing.saying());
        if (!alone && !nameShared) {
            log.atError()
                    .addKeyValue("node", accord.nodes().name())
                    .log("Two servers on one database have the same name; give each its own WAYBILL_NODE");
        }
        nameShared = !alone;
        divide();
        away = false;
    }

    private void divide() {
        List<String> alive = accord.nodes().alive();
        Share now = new Share(Math.max(0, alive.indexOf(accord.nodes().name())), Math.max(1, alive.size()));
        if (!now.equals(share)) {
            share = now;
            divided.accept(now);
        }
    }

    private void attempted(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            if (!away) {
                log.atWarn().setCause(e).log("The other servers cannot be followed; it is tried again");
            }
            away = true;
        }
    }

    /** Answers an open proposal and takes over what was accepted. */
    void attend() {
        Ready kept = ready;
        boolean decided = kept != null && !accord.proposals().isOpen(kept.proposal());
        follow();
        if (decided) {
            drop();
        }
        accord.proposals().unanswered().ifPresent(this::answer);
    }

    private void answer(Proposals.Open proposal) {
        if (standing.serves(proposal.bundle())) {
            accord.vote(proposal.id(), List.of());
            return;
        }
        Optional<BundleFiles> files = accord.files(proposal.bundle()).map(folder::stored);
        if (files.isEmpty()) {
            return;
        }
        try {
            Prepared prepared = trial.of(files.get());
            drop();
            ready = new Ready(proposal.id(), proposal.bundle(), prepared);
            accord.vote(proposal.id(), List.of());
        } catch (RefusedRoutes e) {
            accord.vote(proposal.id(), e.findings());
        }
    }

    private void drop() {
        if (ready != null) {
            generations.discard(ready.prepared());
            ready = null;
        }
    }

    private void follow() {
        Accepted newest = accord.log().newest().orElse(null);
        Accepted serving = standing.accepted();
        if (newest == null || serving == null || newest.id() <= serving.id()) {
            return;
        }
        if (newest.bundle().equals(serving.bundle())) {
            DeploymentStatus status = standing.status();
            standing.serves(newest, status.hash(), status.generation());
        } else if (!newest.equals(awaited) || System.nanoTime() - triedAt > AGAIN_NANOS) {
            triedAt = System.nanoTime();
            accord.files(newest.bundle()).map(folder::stored).ifPresent(files -> take(newest, files));
        }
    }

    private void take(Accepted newest, BundleFiles files) {
        Outcome outcome = switched(files);
        if (outcome instanceof Outcome.Refused refused) {
            awaited = newest;
            standing.cannotServe(newest, refused);
        } else {
            awaited = null;
            standing.serves(newest, files.hash(), generations.number());
        }
        publish.accept(outcome);
    }

    private Outcome switched(BundleFiles files) {
        try {
            Ready kept = ready;
            if (kept != null && kept.bundle().equals(files.ownHash())) {
                ready = null;
                return generations.switchTo(kept.prepared());
            }
            Optional<Prepared> before = generations.kept(files.hash());
            return generations.switchTo(before.isPresent() ? before.get() : trial.of(files));
        } catch (RefusedRoutes e) {
            return new Outcome.Refused(files.hash(), e.findings());
        }
    }

    /** The others need not wait for this server any more. */
    void stop() {
        threads.shutdown();
        try {
            // An interrupted statement would cost its connection, and a warning.
            if (!threads.awaitTermination(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
            accord.nodes().leave(standing.saying());
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atWarn().log("The other servers could not be told of the stop; they notice within seconds");
        }
    }
}

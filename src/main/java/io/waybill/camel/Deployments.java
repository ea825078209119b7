package io.waybill.camel;

import io.waybill.camel.Generations.Prepared;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Finding;
import io.waybill.channel.Reading;
import io.waybill.ledger.DeploymentLog.Accepted;
import io.waybill.ledger.Nodes;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * How the folder becomes what runs. The folder is a proposal: it is read whole, checked whole by every live server, and goes
 * live whole or not at all. What was accepted lies in PostgreSQL and is what runs, also after a restart. Every {@link
 * Outcome} of a proposal is published as a Spring event. Starts before the web server takes its first request; a start fails
 * when neither the accepted version nor the folder can serve.
 */
public final class Deployments implements SmartLifecycle {
    /** Earlier than workers and web server, which need routes; stops after them. */
    public static final int PHASE = -1_000;

    private static final Logger log = LoggerFactory.getLogger(Deployments.class);

    private final CamelSettings settings;
    private final RoutesFolder folder;
    private final Generations generations;
    private final Accord accord;
    private final Trial trial;
    private final Standing standing;
    private final ApplicationEventPublisher events;
    private final ReentrantLock proposing = new ReentrantLock();
    private final RoutesWatcher watcher;
    private final Fellows fellows;
    private volatile boolean running;
    private volatile boolean overdue;

    Deployments(
            CamelSettings settings,
            RoutesFolder folder,
            Generations generations,
            Accord accord,
            ApplicationEventPublisher events,
            Clock clock) {
        this.settings = settings;
        this.folder = folder;
        this.generations = generations;
        this.accord = accord;
        this.trial = new Trial(generations);
        this.standing = new Standing(clock);
        this.events = events;
        this.watcher = new RoutesWatcher(settings.routes(), settings.quiet(), this::proposeChange);
        this.fellows = new Fellows(accord, folder, generations, trial, standing, this::published, events::publishEvent);
    }

    /** Reads the folder now and switches, also to what was refused or rolled back before. */
    public Outcome reload(String by) {
        return alone(() -> propose(folder.now(), new Author(by, Author.Via.RELOAD)));
    }

    /** Back to the version before. The one that served is not proposed again until the folder changes. */
    public Outcome rollback(String by) {
        return alone(() -> {
            Accepted target = accord.log().otherThan(serving().bundle()).orElseThrow(Deployments::nothingBefore);
            return restore(target, by);
        });
    }

    /** Back, or forward, to a version that was accepted before. */
    public Outcome rollback(long id, String by) {
        return alone(() -> {
            Accepted target = accord.log()
                    .find(id)
                    .orElseThrow(() -> new WaybillException(
                            RoutesError.UNKNOWN_DEPLOYMENT,
                            "There is no deployment " + id + ". GET /api/deployments lists those that are kept."));
            return restore(target, by);
        });
    }

    private Outcome restore(Accepted target, String by) {
        if (standing.serves(target.bundle())) {
            return new Outcome.Unchanged(standing.status().hash(), generations.number());
        }
        BundleFiles files = accord.files(target.bundle()).map(folder::stored).orElseThrow(Deployments::nothingBefore);
        return published(deployed(files, new Author(by, Author.Via.ROLLBACK), target.id()));
    }

    private static WaybillException nothingBefore() {
        return new WaybillException(
                RoutesError.NOTHING_TO_ROLL_BACK, "No earlier version is kept: nothing else was accepted so far.");
    }

    private Accepted serving() {
        Accepted accepted = standing.accepted();
        if (accepted == null) {
            throw new WaybillException(RoutesError.NOTHING_SERVES, "No routes are running: the server is starting.");
        }
        return accepted;
    }

    /**
     * Changes files of the folder and switches to what comes of it. Checked whole before anything is written: on refusal the
     * folder is as it was. Refused too while the folder was left behind by a rollback or by another server, since more than
     * the edit would come with it.
     *
     * @param files by path relative to the folder; null takes one away
     */
    public Outcome edit(Map<String, byte @Nullable []> files, String by) {
        return alone(() -> edited(files, new Author(by, Author.Via.EDIT)));
    }

    private Outcome edited(Map<String, byte @Nullable []> files, Author author) {
        BundleFiles before = folder.now();
        refuseOvertaken(before);
        BundleFiles after = before.with(files);
        if (after.hash().equals(before.hash())) {
            return propose(before, author);
        }
        Reading reading = BundleReader.read(after);
        if (reading.bundle() == null) {
            return new Outcome.Refused(after.hash(), reading.errors());
        }
        new FolderEdit(settings.routes(), files).write();
        Outcome outcome = propose(folder.now(), author);
        if (outcome instanceof Outcome.Refused) {
            new FolderEdit(settings.routes(), asBefore(files.keySet(), before)).write();
            propose(folder.now(), author);
        }
        return outcome;
    }

    private void refuseOvertaken(BundleFiles now) {
        if (standing.isOvertaken(now)) {
            throw new WaybillException(
                    RoutesError.ROUTES_CONFLICT,
                    "The folder of this server was left behind: what it holds was rolled back or replaced by another"
                            + " server's edit, and an edit would bring it back to life. Bring the folder up to date, or"
                            + " reload it, and try again.");
        }
    }

    private static Map<String, byte @Nullable []> asBefore(Set<String> paths, BundleFiles before) {
        Map<String, byte @Nullable []> files = new HashMap<>();
        paths.forEach(path -> files.put(path, before.own().get(path)));
        return files;
    }

    /** The folder's own files as they are now. */
    public BundleFiles folder() {
        return folder.now();
    }

    /** Cheap: reads no file. */
    public DeploymentStatus status() {
        return standing.status();
    }

    private void proposeChange() {
        try {
            alone(() -> {
                BundleFiles files = folder.now();
                if (running && !standing.hasSeen(files)) {
                    propose(files, Author.itself(Author.Via.FOLDER));
                }
                return files;
            });
            overdue = false;
        } catch (WaybillException e) {
            if (!overdue) {
                log.atWarn()
                        .addKeyValue("code", e.code().code())
                        .log("A change of the routes could not be tried; it is tried again");
            }
            overdue = true;
        }
    }

    private Outcome propose(BundleFiles files, Author author) {
        if (standing.serves(files.ownHash())) {
            standing.looked(files);
            return new Outcome.Unchanged(standing.status().hash(), generations.number());
        }
        Outcome outcome = emptied(files)
                ? new Outcome.Refused(files.hash(), List.of(emptyFolder()))
                : deployed(files, author, null);
        if (outcome instanceof Outcome.Refused refused) {
            standing.refused(files, refused);
        } else {
            standing.looked(files);
        }
        fellows.say();
        return published(outcome);
    }

    /** Nothing has changed anywhere unless it is accepted. */
    private Outcome deployed(BundleFiles files, Author author, @Nullable Long restores) {
        Prepared prepared;
        try {
            Optional<Prepared> kept = generations.kept(files.hash());
            prepared = kept.isPresent() ? kept.get() : trial.of(files);
        } catch (RefusedRoutes e) {
            return new Outcome.Refused(files.hash(), e.findings());
        }
        Accord.Answer answer;
        try {
            answer = accord.ask(files, fellows::attend);
        } catch (RuntimeException e) {
            generations.discard(prepared);
            throw e;
        }
        if (!answer.objections().isEmpty()) {
            accord.refuse(answer);
            generations.discard(prepared);
            return new Outcome.Refused(files.hash(), answer.objections());
        }
        return switched(prepared, files, author, restores, answer);
    }

    private Outcome switched(
            Prepared prepared, BundleFiles files, Author author, @Nullable Long restores, Accord.Answer answer) {
        boolean first = generations.servingOrNull() == null;
        Outcome outcome = generations.switchTo(prepared);
        if (outcome instanceof Outcome.Refused) {
            accord.refuse(answer);
            return outcome;
        }
        try {
            standing.serves(accord.accept(files, author, restores), files.hash(), generations.number());
            return outcome;
        } catch (RuntimeException e) {
            if (!first) {
                generations.rollback();
            }
            throw e;
        }
    }

    /** An empty folder in the place of channels is a lost mount or a slip far more often than a wish. */
    private boolean emptied(BundleFiles files) {
        return generations.servingOrNull() != null
                && files.own().isEmpty()
                && !generations.bundle().channels().isEmpty();
    }

    private Finding emptyFolder() {
        return new Finding(
                "",
                0,
                "routes-folder-empty",
                "the folder " + settings.routes() + " is empty, and channels are running",
                "Restore it; to run without channels, keep a file in it such as channels/README.txt.");
    }

    private Outcome published(Outcome outcome) {
        if (outcome instanceof Outcome.Switched switched) {
            log.atInfo()
                    .addKeyValue("deployment", standing.status().id())
                    .addKeyValue("generation", switched.generation())
                    .addKeyValue("hash", switched.hash())
                    .addKeyValue("builtMillis", switched.built().toMillis())
                    .addKeyValue("cutOverMillis", switched.cutOver().toMillis())
                    .log("Routes switched");
        } else if (outcome instanceof Outcome.Refused refused) {
            refused.findings().forEach(finding -> log.atWarn()
                    .addKeyValue("hash", refused.hash())
                    .addKeyValue("finding", finding)
                    .log("Routes refused"));
        }
        events.publishEvent(outcome);
        return outcome;
    }

    private <T> T alone(Supplier<T> work) {
        proposing.lock();
        try {
            return work.get();
        } finally {
            proposing.unlock();
        }
    }

    @Override
    public void start() {
        createFolder(settings.routes());
        watcher.remember();
        Optional<Nodes.Node> before = accord.nodes().join();
        alone(() -> {
            serveFirst(before);
            return true;
        });
        running = true;
        fellows.start(this::tick);
        if (settings.watchRoutes()) {
            watcher.start();
        }
    }

    /** What was accepted comes before what lies in the folder. */
    private void serveFirst(Optional<Nodes.Node> before) {
        BundleFiles files = folder.now();
        if (!servesAccepted()) {
            if (propose(files, Author.itself(Author.Via.START)) instanceof Outcome.Refused refused) {
                throw new DeploymentRefused(refused.findings());
            }
        } else if (isNews(files, before)) {
            propose(files, Author.itself(Author.Via.START));
        } else {
            before.ifPresentOrElse(node -> standing.remembered(files, node), () -> standing.looked(files));
        }
    }

    private boolean servesAccepted() {
        Optional<Accepted> newest = accord.log().newest();
        Optional<BundleFiles> files =
                newest.flatMap(accepted -> accord.files(accepted.bundle())).map(folder::stored);
        if (newest.isEmpty() || files.isEmpty()) {
            return false;
        }
        Outcome outcome = servedFirst(files.get());
        if (outcome instanceof Outcome.Refused) {
            published(outcome);
            return false;
        }
        Accepted accepted = files.get().hash().equals(newest.get().hash())
                ? newest.get()
                : accord.accept(files.get(), Author.itself(Author.Via.UPGRADE), null);
        standing.serves(accepted, files.get().hash(), generations.number());
        published(outcome);
        return true;
    }

    private Outcome servedFirst(BundleFiles files) {
        try {
            return generations.switchTo(trial.again(files));
        } catch (RefusedRoutes e) {
            return new Outcome.Refused(files.hash(), e.findings());
        }
    }

    /**
     * Changed while this server was down. A server that nobody has seen before proposes only what nobody has seen before: its
     * folder may be an old copy.
     */
    private boolean isNews(BundleFiles files, Optional<Nodes.Node> before) {
        if (standing.serves(files.ownHash())) {
            return false;
        }
        String seen = before.map(Nodes.Node::folder).orElse(null);
        return seen == null ? !accord.log().isKnown(files.ownHash()) : !seen.equals(files.ownHash());
    }

    /** Once a second. While this server deploys it attends to the others by itself. */
    private void tick() {
        if (running && proposing.tryLock()) {
            try {
                fellows.attend();
            } finally {
                proposing.unlock();
            }
            if (overdue) {
                proposeChange();
            }
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " is missing and cannot be made", e);
        }
    }

    @Override
    public void stop() {
        watcher.stop();
        fellows.stop();
        proposing.lock();
        try {
            running = false;
            generations.close();
        } finally {
            proposing.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}

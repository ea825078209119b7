package io.waybill.camel;

import io.waybill.camel.DeploymentStatus.Refusal;
import io.waybill.channel.Bundle;
import io.waybill.channel.BundleFiles;
import io.waybill.channel.BundleReader;
import io.waybill.channel.Finding;
import io.waybill.channel.Reading;
import io.waybill.order.WaybillException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * How the folder becomes what runs. The folder is a proposal: it is read whole, checked whole, and goes live whole or not at
 * all. Every {@link Outcome} of a proposal is published as a Spring event. Starts before the web server takes its first
 * request; a start with a refused folder fails, since there is no earlier version to serve.
 */
public final class Deployments implements SmartLifecycle {
    /** Earlier than workers and web server, which need routes; stops after them. */
    public static final int PHASE = -1_000;

    private static final Logger log = LoggerFactory.getLogger(Deployments.class);

    private final CamelSettings settings;
    private final Supplier<BundleFiles> folder;
    private final Generations generations;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final ReentrantLock proposing = new ReentrantLock();
    private final RoutesWatcher watcher;
    private volatile @Nullable DeploymentStatus status;
    private volatile String declined = "";
    private volatile boolean running;

    /** @param folder takes a snapshot of {@code settings.routes()} */
    Deployments(
            CamelSettings settings,
            Supplier<BundleFiles> folder,
            Generations generations,
            ApplicationEventPublisher events,
            Clock clock) {
        this.settings = settings;
        this.folder = folder;
        this.generations = generations;
        this.events = events;
        this.clock = clock;
        this.watcher = new RoutesWatcher(settings.routes(), settings.quiet(), this::proposeChange);
    }

    /** Reads the folder now and switches, also to what was refused or rolled back before. */
    public Outcome reload() {
        proposing.lock();
        try {
            return propose(folder.get());
        } finally {
            proposing.unlock();
        }
    }

    /** Back to the version before. The one that served is not proposed again until the folder changes. */
    public Outcome rollback() {
        proposing.lock();
        try {
            String left = generations.bundle().hash();
            Outcome outcome = generations.rollback();
            declined = left;
            status = serving(null, true);
            return published(outcome);
        } finally {
            proposing.unlock();
        }
    }

    /**
     * Changes files of the folder and switches to what comes of it. Checked whole before anything is written: on refusal the
     * folder is as it was. Refused too while the folder holds a version that was rolled back, since that would come with it.
     *
     * @param files by path relative to the folder; null takes one away
     */
    public Outcome edit(Map<String, byte @Nullable []> files) {
        proposing.lock();
        try {
            BundleFiles before = folder.get();
            refuseRolledBack(before);
            BundleFiles after = before.with(files);
            if (after.hash().equals(before.hash())) {
                return propose(before);
            }
            Reading reading = BundleReader.read(after);
            if (reading.bundle() == null) {
                return refuse(after, reading.errors());
            }
            new FolderEdit(settings.routes(), files).write();
            Outcome outcome = propose(folder.get());
            if (outcome instanceof Outcome.Refused) {
                new FolderEdit(settings.routes(), asBefore(files.keySet(), before)).write();
                propose(folder.get());
            }
            return outcome;
        } finally {
            proposing.unlock();
        }
    }

    private void refuseRolledBack(BundleFiles now) {
        if (now.hash().equals(declined) && status().refusal() == null) {
            throw new WaybillException(
                    RoutesError.ROUTES_CONFLICT,
                    "The folder holds the version that was rolled back, and an edit would bring it back to life. Undo that"
                            + " change in the folder, or reload it, and try again.");
        }
    }

    private static Map<String, byte @Nullable []> asBefore(Set<String> paths, BundleFiles before) {
        Map<String, byte @Nullable []> files = new HashMap<>();
        paths.forEach(path -> files.put(path, before.own().get(path)));
        return files;
    }

    /** The folder's own files as they are now. */
    public BundleFiles folder() {
        return folder.get();
    }

    /** Cheap: reads no file. */
    public DeploymentStatus status() {
        DeploymentStatus known = status;
        if (known == null) {
            throw new WaybillException(RoutesError.NOTHING_SERVES, "No routes are running: the server is starting.");
        }
        return known;
    }

    private void proposeChange() {
        proposing.lock();
        try {
            BundleFiles files = folder.get();
            if (running && !files.hash().equals(declined)) {
                propose(files);
            }
        } finally {
            proposing.unlock();
        }
    }

    private Outcome propose(BundleFiles files) {
        if (running && files.hash().equals(generations.bundle().hash())) {
            status = serving(null, false);
            return new Outcome.Unchanged(files.hash(), generations.number());
        }
        Outcome outcome = emptied(files) ? refuse(files, List.of(emptyFolder())) : checked(files);
        remember(outcome);
        return published(outcome);
    }

    private Outcome checked(BundleFiles files) {
        Reading reading = BundleReader.read(files);
        Bundle bundle = reading.bundle();
        return bundle == null ? refuse(files, withRouteFiles(files, reading.errors())) : generations.switchTo(bundle);
    }

    /** A mistake in a channel's file must not hide those in routes. */
    private static List<Finding> withRouteFiles(BundleFiles files, List<Finding> errors) {
        Set<String> told = errors.stream().map(Finding::file).collect(Collectors.toSet());
        Stream<Finding> more = files.all().keySet().stream()
                .filter(path -> path.endsWith(".camel.yaml") && !told.contains(path))
                .flatMap(path -> files.text(path).stream().map(text -> new Bundle.RouteFile(path, text)))
                .flatMap(file -> RouteOutline.of(file).findings().stream());
        return Stream.concat(errors.stream(), more).sorted().toList();
    }

    private static Outcome refuse(BundleFiles files, List<Finding> findings) {
        return new Outcome.Refused(files.hash(), findings);
    }

    /** An empty folder in the place of channels is a lost mount or a slip far more often than a wish. */
    private boolean emptied(BundleFiles files) {
        return running
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

    private void remember(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            declined = refused.hash();
            if (running) {
                status = serving(new Refusal(clock.instant(), refused.hash(), refused.findings()), true);
            }
        } else {
            declined = "";
            status = new DeploymentStatus(outcome.hash(), generations.number(), clock.instant(), null, false);
        }
    }

    private DeploymentStatus serving(@Nullable Refusal refusal, boolean drift) {
        DeploymentStatus known = status;
        String hash = generations.bundle().hash();
        Instant since = known != null && known.hash().equals(hash) ? known.since() : clock.instant();
        return new DeploymentStatus(hash, generations.number(), since, refusal, drift);
    }

    private Outcome published(Outcome outcome) {
        if (outcome instanceof Outcome.Switched switched) {
            log.atInfo()
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

    @Override
    public void start() {
        createFolder(settings.routes());
        watcher.remember();
        if (reload() instanceof Outcome.Refused refused) {
            throw new DeploymentRefused(refused.findings());
        }
        running = true;
        if (settings.watchRoutes()) {
            watcher.start();
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

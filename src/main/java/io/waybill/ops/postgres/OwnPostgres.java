package io.waybill.ops.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL under {@code data/postgres}: {@code server-<version>} its programs, {@code cluster} its data, {@code log} a week
 * of its log, {@code password} the only way in. The server is a daemon of its own session, so a Ctrl-C at the terminal
 * reaches us alone and we stop it last; a JVM killed outright leaves it running, and the next start stops it.
 */
final class OwnPostgres implements Database {
    static final String VERSION = "17.11";
    private static final Logger LOG = LoggerFactory.getLogger(OwnPostgres.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORTS_TRIED = 3;

    private final FolderLock lock;
    private final Path home;
    private final Programs programs;
    private final Cluster cluster;
    private final Postmaster postmaster;
    private final String password;
    private final Durability durability;
    private final int port;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(OwnPostgres::daemon);

    private OwnPostgres(FolderLock lock, Path home, Durability durability) {
        this.lock = lock;
        this.home = home;
        this.durability = durability;
        this.password = Password.readOrMake(home.resolve("password"));
        Binaries binaries = Binaries.unpack(home.resolve("server-" + VERSION));
        this.programs = new Programs(binaries, home.resolve("start.log"));
        this.cluster = Cluster.openOrMake(home, programs, home.resolve("password"));
        this.postmaster = new Postmaster(cluster.folder());
        stopOrphan();
        this.port = startOnFreePort();
        watch.scheduleWithFixedDelay(this::revive, 1, 1, TimeUnit.SECONDS);
    }

    static OwnPostgres start(Path folder, Durability durability) {
        Path home = Folders.ownerOnly(folder.toAbsolutePath().normalize());
        FolderLock lock = FolderLock.take(home);
        try {
            return new OwnPostgres(lock, home, durability);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public String describe() {
        return "own PostgreSQL " + VERSION + " in " + home;
    }

    @Override
    public String url() {
        return url("postgres");
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String user() {
        return Cluster.USER;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public void close() {
        watch.shutdown();
        synchronized (this) {
            if (postmaster.running().isPresent()) {
                stop();
            }
            lock.close();
        }
    }

    /** A server that was killed under us comes back on its port; the pool reconnects by itself. */
    private synchronized void revive() {
        if (watch.isShutdown() || postmaster.running().isPresent()) {
            return;
        }
        LOG.atWarn().log("PostgreSQL is gone, starting it again");
        try {
            postmaster.dropStalePidFile();
            start(port);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("error", e.getMessage()).log("PostgreSQL did not come back, trying again");
        }
    }

    private void stopOrphan() {
        postmaster.running().ifPresent(process -> {
            LOG.atWarn()
                    .addKeyValue("pid", process.pid())
                    .log("Stopping the PostgreSQL that a killed Waybill left behind");
            stop();
        });
        postmaster.dropStalePidFile();
    }

    /** Another program may take the port between our look and the server's bind. */
    private int startOnFreePort() {
        for (int attempt = 1; ; attempt++) {
            int free = freePort();
            try {
                start(free);
                return free;
            } catch (DatabaseFault e) {
                if (attempt == PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }

    private void start(int onPort) {
        cluster.configure(new ServerSettings(onPort, durability).text(home));
        programs.run("pg_ctl", "start", "-D", cluster.folder().toString(), "-w", "-t", seconds());
    }

    /** Fast: open transactions are rolled back, everything committed is flushed. */
    private void stop() {
        programs.run("pg_ctl", "stop", "-D", cluster.folder().toString(), "-m", "fast", "-w", "-t", seconds());
    }

    private static String seconds() {
        return Long.toString(PATIENCE.toSeconds());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "postgres-watch");
        thread.setDaemon(true);
        return thread;
    }
}

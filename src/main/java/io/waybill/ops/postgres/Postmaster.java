package io.waybill.ops.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code postmaster.pid} says about a server on this cluster. The file outlives a killed server, so it proves little. */
final class Postmaster {
    private final Path cluster;
    private final Path pidFile;

    Postmaster(Path cluster) {
        this.cluster = cluster;
        this.pidFile = cluster.resolve("postmaster.pid");
    }

    /** The server that still runs on our cluster, left behind by a JVM that was killed. */
    Optional<ProcessHandle> running() {
        return named().filter(this::worksHere);
    }

    /**
     * Drops a pid file whose process is gone or is by now something else. PostgreSQL itself gives up when the number was
     * handed to another process, which is common in containers.
     */
    void dropStalePidFile() {
        if (running().isEmpty()) {
            try {
                Files.deleteIfExists(pidFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Optional<ProcessHandle> named() {
        try {
            return Files.exists(pidFile)
                    ? Files.lines(pidFile).findFirst().map(String::strip).flatMap(Postmaster::process)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ProcessHandle> process(String pid) {
        return pid.matches("[1-9]\\d{0,17}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
    }

    /** A postmaster's working directory is its cluster. */
    private boolean worksHere(ProcessHandle process) {
        try {
            return process.isAlive()
                    && Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), "cwd"), cluster);
        } catch (IOException e) {
            return false;
        }
    }
}

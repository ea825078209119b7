package io.waybill.ops.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code postmaster.pid} says about a server on this cluster. The file outlives a killed server, so it proves little. */
final class Postmaster {
    private static final int PID_LINE = 1;
    private static final int PORT_LINE = 4;

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

    /** Where the running server listens. */
    Optional<Integer> port() {
        return running().flatMap(server -> line(PORT_LINE)).map(Integer::valueOf);
    }

    private Optional<ProcessHandle> named() {
        return line(PID_LINE).flatMap(Postmaster::process);
    }

    private Optional<String> line(int number) {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.skip(number - 1L).findFirst().map(String::strip);
        } catch (NoSuchFileException e) {
            return Optional.empty();
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

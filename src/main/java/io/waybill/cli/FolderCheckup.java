package io.waybill.cli;

import io.waybill.api.access.AdminToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** The data folder: writable, with room, its secrets closed to others. */
final class FolderCheckup {
    private static final long ROOM_TO_START = 300L << 20;
    private static final long ROOM_TO_WORK = 2L << 30;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path data;

    FolderCheckup(Path data) {
        this.data = data;
    }

    Stream<Diagnosis> diagnoses() {
        return Stream.of(
                folder(), space(), secret(data.resolve(AdminToken.FILE)), secret(data.resolve("postgres/password")));
    }

    private Diagnosis folder() {
        Path existing = existing();
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Diagnosis.broken("data", existing + " is not writable by us. Change its owner, or use --data.");
        }
        return Diagnosis.fine(
                "data", data + (existing.equals(data) ? " is writable" : " will be made at the first start"));
    }

    private Diagnosis space() {
        try {
            long free = Files.getFileStore(existing()).getUsableSpace();
            String found = (free >> 20) + " MB free for " + data;
            return free < ROOM_TO_START
                    ? Diagnosis.broken("disk", found + ". The own PostgreSQL needs 300 MB to begin with.")
                    : free < ROOM_TO_WORK
                            ? Diagnosis.doubtful("disk", found + ". Below 2 GB a busy day may fill it.")
                            : Diagnosis.fine("disk", found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Diagnosis secret(Path file) {
        try {
            if (!Files.exists(file)) {
                return Diagnosis.fine("secrets", file + " is not there yet");
            }
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)
                    ? Diagnosis.broken("secrets", file + " can be read by others. Run: chmod 600 " + file)
                    : Diagnosis.fine("secrets", file + " is readable by its owner alone");
        } catch (IOException e) {
            return Diagnosis.doubtful("secrets", file + " cannot be looked at: " + e.getMessage());
        }
    }

    /** The data folder, or the nearest parent that is there already. */
    private Path existing() {
        Path path = data;
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}

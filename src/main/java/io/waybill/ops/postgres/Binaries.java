package io.waybill.ops.postgres;

import io.waybill.ops.postgres.DatabaseFault.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the jar into the data folder. A half-unpacked folder is never used. */
final class Binaries {
    private final Path bin;

    private Binaries(Path home) {
        this.bin = home.resolve("bin");
    }

    /** @param home a folder of this version's own; appears whole or not at all */
    static Binaries unpack(Path home) {
        if (!Files.isDirectory(home)) {
            // Two processes may unpack at once: each into a folder of its own.
            String unfinished = home.getFileName() + ".new-";
            deleteWhatTheDeadLeft(home.resolveSibling("."), unfinished);
            Path fresh =
                    home.resolveSibling(unfinished + ProcessHandle.current().pid());
            extract(fresh);
            moveInto(fresh, home);
        }
        return new Binaries(home);
    }

    private static void deleteWhatTheDeadLeft(Path folder, String prefix) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, prefix + "*")) {
            for (Path path : left) {
                long pid = Long.parseLong(path.getFileName().toString().substring(prefix.length()));
                if (pid == ProcessHandle.current().pid()
                        || ProcessHandle.of(pid).isEmpty()) {
                    Folders.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String program(String name) {
        return bin.resolve(name).toString();
    }

    /** The later one finds the work done. */
    private static void moveInto(Path fresh, Path home) {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home)) {
                throw new UncheckedIOException(e);
            }
            Folders.delete(fresh);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void extract(Path target) {
        try (InputStream archive = open();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, target.resolve(entry.getName()).normalize());
            }
        } catch (IOException e) {
            throw new DatabaseFault(
                    Code.DATABASE_START_FAILED,
                    "Cannot unpack PostgreSQL into " + target + ": " + e.getMessage()
                            + ". Free some space (120 MB), or set WAYBILL_DATABASE_URL.",
                    e);
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static InputStream open() {
        String name = "/postgres-linux-" + machine() + ".txz";
        InputStream archive = Binaries.class.getResourceAsStream(name);
        if (archive == null) {
            throw new DatabaseFault(
                    Code.DATABASE_START_FAILED,
                    "This build brings no PostgreSQL for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch")
                            + ". Set WAYBILL_DATABASE_URL to a PostgreSQL 15 or later.");
        }
        return archive;
    }

    private static String machine() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        return !system.contains("linux")
                ? "none"
                : arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "arm_64" : arch;
    }
}

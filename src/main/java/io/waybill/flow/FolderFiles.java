package io.waybill.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.order.EventJson;
import io.waybill.order.InvalidEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of a folder that are ready to be taken, and their way out of it. Ready is a file whose JSON is whole; one that
 * does not read is given time, since it may still be growing: only when it has not changed for a while is it wrong.
 */
final class FolderFiles {
    private static final long MAX_SIZE = 64L * 1024 * 1024;

    /** @param state of the file when it was read, so that one changed since is not moved away unread */
    record Ready(Path path, State state, byte[] bytes) {}

    record State(long size, FileTime changed) {
        static State of(Path path) throws IOException {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new State(attributes.size(), attributes.lastModifiedTime());
        }
    }

    private record Unfinished(State state, long since) {}

    private final Map<Path, Unfinished> unfinished = new ConcurrentHashMap<>();
    private final Duration grace;

    /** @param grace how long a file that does not read may stay unchanged before it counts as wrong */
    FolderFiles(Duration grace) {
        this.grace = grace;
    }

    /** Names that begin with a dot or a tilde are somebody's temporary files; links lead elsewhere: neither is read. */
    List<Ready> ready(Path folder) throws IOException {
        List<Ready> ready = new ArrayList<>();
        for (Path path : paths(folder)) {
            try {
                look(path, ready);
            } catch (NoSuchFileException e) {
                // Somebody took it away meanwhile.
                unfinished.remove(path);
            }
        }
        return ready;
    }

    private static List<Path> paths(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.~]*.json")) {
            for (Path path : files) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    paths.add(path);
                }
            }
        }
        paths.sort(null);
        return paths;
    }

    private void look(Path path, List<Ready> ready) throws IOException {
        State state = State.of(path);
        byte[] bytes = state.size() > MAX_SIZE ? new byte[0] : Files.readAllBytes(path);
        if (isWhole(bytes) && State.of(path).equals(state) || hasRested(path, state)) {
            unfinished.remove(path);
            ready.add(new Ready(path, state, bytes));
        }
    }

    private static boolean isWhole(byte[] bytes) {
        try {
            return EventJson.tree(bytes).isContainerNode();
        } catch (InvalidEvent e) {
            return false;
        }
    }

    private boolean hasRested(Path path, State state) {
        Unfinished before = unfinished.get(path);
        if (before == null || !before.state().equals(state)) {
            unfinished.put(path, new Unfinished(state, System.nanoTime()));
            return false;
        }
        return System.nanoTime() - before.since() >= grace.toNanos();
    }

    void done(Ready file) throws IOException {
        move(file, "done");
    }

    /** The reason lies beside the file. */
    void failed(Ready file, String reason) throws IOException {
        Path moved = move(file, "failed");
        if (moved != null) {
            write(
                    file.path().resolveSibling("failed"),
                    moved.getFileName() + ".error.txt",
                    (reason + "\n").getBytes(UTF_8));
        }
    }

    /** A file that changed since it was read stays where it is, for the next look. */
    private static @org.jspecify.annotations.Nullable Path move(Ready file, String folder) throws IOException {
        try {
            if (!State.of(file.path()).equals(file.state())) {
                return null;
            }
            Path target = free(Files.createDirectories(file.path().resolveSibling(folder)), name(file.path()));
            return Files.move(file.path(), target);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static Path free(Path folder, String name) {
        Path target = folder.resolve(name);
        for (int number = 2; Files.exists(target, LinkOption.NOFOLLOW_LINKS); number++) {
            target = folder.resolve(name.substring(0, name.length() - ".json".length()) + "-" + number + ".json");
        }
        return target;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Under another name first, onto the disk, then renamed: nobody ever reads half of it. */
    static void write(Path folder, String name, byte[] bytes) throws IOException {
        Path temporary = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel file =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
                file.force(true);
            }
            Files.move(
                    temporary,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}

package io.waybill.camel;

import io.waybill.order.WaybillException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some files of the folder as they shall be; null takes one away. Each is written whole beside its place and then put there,
 * so that nobody ever reads half of one. Refuses a folder that is not ours to write.
 */
final class FolderEdit {
    private static final Set<PosixFilePermission> WRITE = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path root;
    private final Map<String, byte @Nullable []> files;

    FolderEdit(Path root, Map<String, byte @Nullable []> files) {
        this.root = root;
        this.files = new TreeMap<>(files);
    }

    /** What is written goes first, so that a file under a new name is there before the old one goes. */
    void write() {
        files.keySet().forEach(path -> refuseReadOnly(root.resolve(path)));
        try {
            for (Map.Entry<String, byte @Nullable []> file : files.entrySet()) {
                byte[] content = file.getValue();
                if (content != null) {
                    put(root.resolve(file.getKey()), content);
                }
            }
            for (Map.Entry<String, byte @Nullable []> file : files.entrySet()) {
                if (file.getValue() == null) {
                    Files.deleteIfExists(root.resolve(file.getKey()));
                }
            }
        } catch (AccessDeniedException | ReadOnlyFileSystemException e) {
            throw readOnly(root);
        } catch (IOException e) {
            throw new WaybillException(
                    RoutesError.ROUTES_NOT_WRITTEN,
                    "The folder " + root + " cannot be written: " + e.getClass().getSimpleName()
                            + ". Look at its disk; nothing was changed.",
                    e);
        }
    }

    private static void put(Path target, byte[] content) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            throw new NoSuchFileException(target.toString());
        }
        Files.createDirectories(folder);
        // A dotfile: whoever reads the folder meanwhile passes it over.
        Path whole = folder.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(whole, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            throw isReadOnly(e) ? new AccessDeniedException(target.toString()) : e;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** A link is a mounted file: putting another in its place would cut it off from where it is kept. */
    private void refuseReadOnly(Path target) {
        Path place = target;
        while (!Files.exists(place) && place.getParent() != null && !place.equals(root)) {
            place = place.getParent();
        }
        Path folder = Files.isDirectory(place) ? place : place.getParent();
        if (Files.isSymbolicLink(target)
                || isWithoutPermission(place)
                || folder != null && isWithoutPermission(folder)) {
            throw readOnly(root);
        }
    }

    /** Without write permission for anybody counts as read-only, whoever we are: somebody meant it. */
    private static boolean isWithoutPermission(Path path) {
        if (!Files.isWritable(path)) {
            return true;
        }
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        try {
            return view != null && view.readAttributes().permissions().stream().noneMatch(WRITE::contains);
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isReadOnly(FileSystemException e) {
        return e instanceof AccessDeniedException
                || String.valueOf(e.getReason()).contains("Read-only");
    }

    private static WaybillException readOnly(Path root) {
        return new WaybillException(
                RoutesError.ROUTES_READ_ONLY,
                "The folder " + root
                        + " is read-only for the server. Edit the file where it is kept, or make the folder"
                        + " writable.");
    }
}

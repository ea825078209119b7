package io.waybill.channel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a folder into memory. Links are followed, since mounted configuration is made of them; dotfiles, what editors leave
 * behind and kinds of files that nothing reads are passed over.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_FILES = 5_000;
    private static final int MAX_DEPTH = 12;
    private static final Set<String> KINDS =
            Set.of("yaml", "yml", "jslt", "json", "graphql", "sql", "xml", "csv", "txt", "html", "properties");
    private static final Pattern LEFTOVER = Pattern.compile("\\..*|.*~|#.*#|.*\\.(swp|swx|tmp|bak|orig|rej)");

    private final Path root;
    private final boolean sandbox;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Findings findings = new Findings();

    private FolderWalk(Path root, boolean sandbox) {
        this.root = root;
        this.sandbox = sandbox;
    }

    static FolderWalk of(Path root, boolean sandbox) {
        FolderWalk walk = new FolderWalk(root, sandbox);
        try {
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, walk);
        } catch (IOException e) {
            walk.unreadable(root);
        }
        return walk;
    }

    Map<String, byte[]> files() {
        return files;
    }

    List<Finding> findings() {
        return findings.sorted();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String path = path(folder);
        boolean skip = path.equals("sandbox") && !sandbox
                || !path.isEmpty() && LEFTOVER.matcher(name(folder)).matches();
        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile() || !isOurs(name(file))) {
            return FileVisitResult.CONTINUE;
        }
        if (files.size() == MAX_FILES) {
            findings.error(
                    "",
                    0,
                    BundleError.ROUTES_UNREADABLE,
                    "more than " + MAX_FILES + " files",
                    "remove what is not used");
            return FileVisitResult.TERMINATE;
        }
        read(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        if (!LEFTOVER.matcher(name(file)).matches()) {
            unreadable(file);
        }
        return FileVisitResult.CONTINUE;
    }

    private void read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                findings.error(
                        path(file),
                        0,
                        BundleError.FILE_TOO_LARGE,
                        "the file is larger than 1 MiB",
                        "split it or remove it");
            } else {
                files.put(path(file), content);
            }
        } catch (IOException e) {
            unreadable(file);
        }
    }

    private void unreadable(Path file) {
        findings.error(
                path(file),
                0,
                BundleError.ROUTES_UNREADABLE,
                file.equals(root) ? "there is no folder " + root + " that can be read" : "cannot be read",
                "check that it is there and who may read it");
    }

    private static boolean isOurs(String name) {
        return !LEFTOVER.matcher(name).matches() && KINDS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private String path(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}

package io.waybill.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a folder looks like from outside: cheap to take, different after every save. Contents are not read. */
record FolderPrint(Map<String, String> files) {
    static final FolderPrint NONE = new FolderPrint(Map.of());

    /** A folder that goes away meanwhile looks empty: it will look different again when it is back. */
    static FolderPrint of(Path folder) {
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            paths.forEach(path -> files.put(path.toString(), look(path)));
        } catch (IOException | UncheckedIOException e) {
            return files.isEmpty() ? NONE : new FolderPrint(files);
        }
        return new FolderPrint(files);
    }

    private static String look(Path path) {
        try {
            BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
            return seen.isDirectory() ? "folder" : seen.size() + " " + seen.lastModifiedTime() + " " + seen.fileKey();
        } catch (IOException e) {
            return "gone";
        }
    }
}

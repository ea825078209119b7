package io.waybill.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of everything under {@code routes/}, taken once and never changing: what is read, hashed, stored and run is
 * the same bytes. Paths are relative to {@code routes/}, with forward slashes. Flow and connectors that the folder lacks
 * come from the program itself; a file of the same path in the folder wins.
 */
public final class BundleFiles {
    private final SortedMap<String, byte[]> own;
    private final Map<String, byte[]> shipped;
    private final SortedMap<String, byte[]> all;
    private final List<Finding> findings;
    private final String hash;
    private final String ownHash;

    private BundleFiles(Map<String, byte[]> own, Map<String, byte[]> shipped, List<Finding> findings) {
        TreeMap<String, byte[]> merged = new TreeMap<>(shipped);
        merged.putAll(own);
        this.shipped = shipped;
        this.own = Collections.unmodifiableSortedMap(new TreeMap<>(own));
        this.all = Collections.unmodifiableSortedMap(merged);
        this.findings = List.copyOf(findings);
        this.hash = hash(all);
        this.ownHash = hash(this.own);
    }

    /** The folder as it is now. What cannot be read is a finding, told by {@link BundleReader}. */
    public static BundleFiles of(Path routes, boolean sandbox) {
        return of(routes, sandbox, ShippedFiles.ALL);
    }

    /** The folder over what a program ships. */
    public static BundleFiles of(Path routes, boolean sandbox, Map<String, byte[]> shipped) {
        FolderWalk walk = FolderWalk.of(routes, sandbox);
        return new BundleFiles(walk.files(), shipped, walk.findings());
    }

    /** The folder alone, without the flow and connectors of the program. */
    public static BundleFiles withoutShipped(Path routes, boolean sandbox) {
        return of(routes, sandbox, Map.of());
    }

    /** Files stored before: what {@link #own()} said then, over what this version of the program ships. */
    public static BundleFiles of(Map<String, byte[]> stored) {
        return new BundleFiles(stored, ShippedFiles.ALL, List.of());
    }

    /** Only these, nothing shipped. */
    public static BundleFiles only(Map<String, byte[]> files) {
        return over(Map.of(), files);
    }

    /** These over what a program ships. */
    public static BundleFiles over(Map<String, byte[]> shipped, Map<String, byte[]> own) {
        return new BundleFiles(own, shipped, List.of());
    }

    /** The same with some files written, or taken away where the content is null. Only the folder's own change. */
    public BundleFiles with(Map<String, byte @Nullable []> changes) {
        Map<String, byte[]> changed = new TreeMap<>(own);
        changes.forEach((path, content) -> {
            if (content == null) {
                changed.remove(path);
            } else {
                changed.put(path, content);
            }
        });
        return new BundleFiles(changed, shipped, findings);
    }

    /** The files of the folder alone: what a deployment stores. */
    public SortedMap<String, byte[]> own() {
        return own;
    }

    /** All files, shipped ones included. */
    public SortedMap<String, byte[]> all() {
        return all;
    }

    /** SHA-256 over every path and content, in hex: the same files have the same hash on every node. */
    public String hash() {
        return hash;
    }

    /** The same over the folder's own files alone: it stays when the program is upgraded. */
    public String ownHash() {
        return ownHash;
    }

    public boolean has(String path) {
        return all.containsKey(path);
    }

    /** The content as text without byte order mark; empty when there is no such file or it is not UTF-8. */
    public Optional<String> text(String path) {
        byte[] bytes = all.get(path);
        return bytes == null ? Optional.empty() : Optional.ofNullable(decoded(bytes));
    }

    /** Paths whose content differs between the two, or that only one of them has. */
    public SortedSet<String> changedSince(BundleFiles before) {
        SortedSet<String> paths = new TreeSet<>(all.keySet());
        paths.addAll(before.all.keySet());
        paths.removeIf(path -> java.util.Arrays.equals(all.get(path), before.all.get(path)));
        return paths;
    }

    List<Finding> findings() {
        return findings;
    }

    private static @Nullable String decoded(byte[] bytes) {
        try {
            String text = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String hash(SortedMap<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, content) -> {
                digest.update((path + '\0' + content.length + '\0').getBytes(UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

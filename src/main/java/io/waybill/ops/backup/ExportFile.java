package io.waybill.ops.backup;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.waybill.ops.backup.BackupFault.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An export as a zip file: rows in COPY's text form, a table an entry, and a manifest. */
final class ExportFile implements AutoCloseable {
    static final String MANIFEST = "manifest.json";
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path path;
    private final ZipFile zip;
    private final Manifest manifest;

    private ExportFile(Path path, ZipFile zip) throws IOException {
        this.path = path;
        this.zip = zip;
        try (InputStream in = entry(MANIFEST)) {
            this.manifest = JSON.readValue(in, Manifest.class);
        }
    }

    static ExportFile open(Path path) {
        try {
            ZipFile zip = new ZipFile(path.toFile());
            try {
                return new ExportFile(path, zip);
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(path, "it is not there, no export, or cut off (" + e.getMessage() + ")");
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /** Reads all of it once, so that a damaged file is refused before anything is touched. */
    void verify() {
        if (manifest.format() != Manifest.FORMAT) {
            throw new BackupFault(
                    Code.EXPORT_FROM_NEWER_VERSION,
                    path + " has the format " + manifest.format() + ", this Waybill reads " + Manifest.FORMAT
                            + ". Import it with the version that wrote it.");
        }
        for (Manifest.Table table : manifest.tables()) {
            Tally found = tally(table);
            if (found.bytes() != table.bytes() || !found.sha256Hex().equals(table.sha256())) {
                throw damaged(path, "the rows of " + table.name() + " are not those that were written");
            }
        }
    }

    private Tally tally(Manifest.Table table) {
        try (InputStream in = rows(table)) {
            return new Tally().read(in);
        } catch (IOException e) {
            throw damaged(path, "the rows of " + table.name() + " cannot be read (" + e.getMessage() + ")");
        }
    }

    InputStream rows(Manifest.Table table) throws IOException {
        return entry(table.entry());
    }

    private InputStream entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(name + " is missing");
        }
        return zip.getInputStream(entry);
    }

    private static BackupFault damaged(Path path, String reason) {
        return new BackupFault(
                Code.EXPORT_DAMAGED, "Cannot import " + path + ": " + reason + ". Nothing was imported. Take another.");
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

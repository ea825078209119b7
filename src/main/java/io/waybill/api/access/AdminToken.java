package io.waybill.api.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The admin's token: given by setting, or made at the first start and kept in the data folder for its owner alone. */
public final class AdminToken {
    /** The file's name in the data folder. */
    public static final String FILE = "admin-token";

    private static final int BYTES = 24;

    private final String value;
    private final String hint;

    private AdminToken(String value, String hint) {
        this.value = value;
        this.hint = hint;
    }

    static AdminToken of(String setting, Path data) {
        if (!setting.isBlank()) {
            return new AdminToken(setting.strip(), "as given by WAYBILL_ADMIN_TOKEN");
        }
        Path file = data.resolve(FILE).toAbsolutePath().normalize();
        try {
            return Files.exists(file) ? kept(file) : made(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + file, e);
        }
    }

    /** Where to find it; the token itself only at the start that made it. */
    public String hint() {
        return hint;
    }

    String value() {
        return value;
    }

    @Override
    public String toString() {
        return "admin token " + hint;
    }

    private static AdminToken kept(Path file) throws IOException {
        return new AdminToken(Files.readString(file).strip(), "in " + file);
    }

    private static AdminToken made(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        String token = random();
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
        return new AdminToken(token, token + " (shown this once, kept in " + file + ")");
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return "wb_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package io.waybill.ops.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The own server as tests use it: on a temporary folder, not flushing, gone with the JVM. */
public final class ScratchPostgres {
    private static final Path PROGRAMS =
            Path.of("target", "postgres-" + OwnPostgres.VERSION).toAbsolutePath();

    private final OwnPostgres postgres;

    private ScratchPostgres(OwnPostgres postgres) {
        this.postgres = postgres;
    }

    public static ScratchPostgres start() {
        Path home = preparedHome();
        OwnPostgres postgres = OwnPostgres.start(home, Durability.NONE);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            postgres.close();
            Folders.delete(home);
        }));
        return new ScratchPostgres(postgres);
    }

    /** A new home whose programs are already unpacked, which saves two seconds a server. */
    static Path preparedHome() {
        try {
            Path home = Files.createTempDirectory("waybill-postgres");
            Binaries.unpack(PROGRAMS);
            Files.createSymbolicLink(home.resolve("server-" + OwnPostgres.VERSION), PROGRAMS);
            Files.writeString(home.resolve(ServerSettings.LOCAL), "max_connections = 300\n");
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String database) {
        return postgres.url(database);
    }

    public String user() {
        return postgres.user();
    }

    public String password() {
        return postgres.password();
    }
}

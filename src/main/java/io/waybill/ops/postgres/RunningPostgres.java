package io.waybill.ops.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The own server as another process of ours finds it: already running, started by somebody else, left alone. */
record RunningPostgres(Path home, String password, int port) implements Database {
    static Optional<Database> in(Path folder) {
        Path home = folder.toAbsolutePath().normalize();
        return Files.isReadable(home.resolve("password"))
                ? new Postmaster(home.resolve("cluster"))
                        .port()
                        .map(port -> new RunningPostgres(home, Password.readOrMake(home.resolve("password")), port))
                : Optional.empty();
    }

    @Override
    public String describe() {
        return "own PostgreSQL in " + home;
    }

    @Override
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public String user() {
        return Cluster.USER;
    }

    @Override
    public String toString() {
        return describe();
    }

    @Override
    public void close() {}
}

package io.waybill.ops.postgres;

import java.nio.file.Path;

/** A JVM that starts the server and is gone without a word, as after kill -9. */
final class StartAndDie {
    private StartAndDie() {}

    public static void main(String... home) {
        OwnPostgres.start(Path.of(home[0]), Durability.NONE);
        Runtime.getRuntime().halt(137);
    }
}

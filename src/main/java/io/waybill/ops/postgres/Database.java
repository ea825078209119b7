package io.waybill.ops.postgres;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the ledger lives: our own PostgreSQL under the data folder, or one that is run elsewhere. Close it after the
 * connection pool; an outside server is left alone.
 */
public interface Database extends AutoCloseable {
    /** For people: {@code own PostgreSQL 17.11 in data/postgres}. */
    String describe();

    String url();

    String user();

    String password();

    @Override
    void close();

    /** The outside database when {@code url} is given, else our own under {@code data}, started. */
    static Database open(@Nullable String url, String user, String password, Path data) {
        return url == null || url.isBlank()
                ? OwnPostgres.start(data.resolve("postgres"), Durability.FULL)
                : new OutsideDatabase(url, user, password);
    }

    /** The same one without starting anything: empty when our own is not running. */
    static Optional<Database> running(@Nullable String url, String user, String password, Path data) {
        return url == null || url.isBlank()
                ? RunningPostgres.in(data.resolve("postgres"))
                : Optional.of(new OutsideDatabase(url, user, password));
    }
}

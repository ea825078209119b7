package io.waybill.cli;

import io.waybill.ops.postgres.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The database that these settings name, for a command that works on it beside, or instead of, a server. */
final class BackupDatabase {
    private final Environment environment;

    BackupDatabase(Environment environment) {
        this.environment = environment;
    }

    /** The one a server has running, else started for this; null where there is none yet. */
    @Nullable
    Database existing() {
        @Nullable
        Database running = Database.running(url(), user(), password(), data()).orElse(null);
        boolean there = running != null || Files.isDirectory(data().resolve("postgres/cluster"));
        return running == null && there ? startedOrMade() : running;
    }

    /** Ours alone: refused while a server has it. */
    Database startedOrMade() {
        return Database.open(url(), user(), password(), data());
    }

    private String url() {
        return environment.get("WAYBILL_DATABASE_URL");
    }

    private String user() {
        return environment.get("WAYBILL_DATABASE_USER");
    }

    private String password() {
        return environment.get("WAYBILL_DATABASE_PASSWORD");
    }

    Path data() {
        return environment.path("WAYBILL_DATA");
    }
}

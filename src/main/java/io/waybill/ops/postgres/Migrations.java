package io.waybill.ops.postgres;

import io.waybill.ops.postgres.DatabaseFault.Code;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;

/** Forward only: a database that a later Waybill has migrated is left alone, since this one would write what that one does not expect. */
final class Migrations implements FlywayMigrationStrategy {
    @Override
    public void migrate(Flyway flyway) {
        Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .findFirst()
                .ifPresent(Migrations::refuse);
        flyway.migrate();
    }

    private static void refuse(MigrationInfo unknown) {
        throw new DatabaseFault(
                Code.DATABASE_OF_NEWER_WAYBILL,
                "The database was migrated by a later Waybill (version " + unknown.getVersion()
                        + " of the tables). Start that one, or restore an export of this version into an empty database.");
    }
}

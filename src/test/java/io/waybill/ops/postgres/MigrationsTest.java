package io.waybill.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.TestDatabase;
import java.sql.Connection;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    @Test
    void leavesADatabaseOfALaterWaybillAlone() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                      execution_time, success) values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 'later', 1, true)""");
        }
        assertThatThrownBy(() -> new Migrations().migrate(flyway(database)))
                .isInstanceOf(DatabaseFault.class)
                .hasMessageContaining("9999");
    }

    @Test
    void migratesOneThatIsOlder() {
        Flyway flyway = flyway(TestDatabase.empty());
        new Migrations().migrate(flyway);
        assertThat(flyway.info().pending()).isEmpty();
    }

    private static Flyway flyway(TestDatabase database) {
        return Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:db/migration")
                .load();
    }
}

package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void keepsDatabasesApart() throws SQLException {
        TestDatabase one = TestDatabase.fresh();
        TestDatabase other = TestDatabase.fresh();

        execute(one, "CREATE TABLE only_here (id int)");
        execute(other, "CREATE TABLE only_here (id int)");

        assertThat(one.url()).isNotEqualTo(other.url());
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

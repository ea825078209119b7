package io.waybill.ops.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.MigrationVersion;

/** What PostgreSQL says of our tables. Flyway's own table is left out: migrations write it. */
final class Catalogue {
    private static final String HISTORY = "flyway_schema_history";
    /** Tables of extensions belong to them. */
    private static final String OURS =
            """
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = current_schema() and c.relname <> '%s'
              and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            """
                    .formatted(HISTORY);

    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    /** Of the newest migration; empty where none ran. */
    Optional<String> version() throws SQLException {
        if (query("select to_regclass('" + HISTORY + "') is null", row -> row.getBoolean(1))
                .get(0)) {
            return Optional.empty();
        }
        return query(
                        "select version from " + HISTORY + " where success and version is not null",
                        row -> MigrationVersion.fromVersion(row.getString(1)))
                .stream()
                .max(MigrationVersion::compareTo)
                .map(MigrationVersion::getVersion);
    }

    /** Every table with its columns, whole partitioned ones instead of their parts, in an order that foreign keys allow. */
    Map<String, List<String>> tables() throws SQLException {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (String table : inOrder()) {
            columns.put(table, columns(table));
        }
        return columns;
    }

    private List<String> inOrder() throws SQLException {
        List<String> waiting = new ArrayList<>(query(
                "select c.relname " + OURS + " and c.relkind in ('r', 'p') and not c.relispartition order by 1",
                row -> row.getString(1)));
        List<String[]> keys = query(
                """
                select f.relname, t.relname from pg_constraint k
                join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
                where k.contype = 'f' and not k.condeferred and f.oid <> t.oid""",
                row -> new String[] {row.getString(1), row.getString(2)});
        List<String> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<String> ready = waiting.stream()
                    .filter(table -> keys.stream().noneMatch(key -> key[0].equals(table) && waiting.contains(key[1])))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle: " + waiting);
            }
            ordered.addAll(ready);
            waiting.removeAll(ready);
        }
        return ordered;
    }

    /** Those that are stored; generated ones are computed again. */
    private List<String> columns(String table) throws SQLException {
        return query(
                """
                select attname from pg_attribute
                where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum""",
                row -> row.getString(1),
                quoted(table));
    }

    /** The default ones are made by migrations. */
    List<Manifest.Partition> partitions() throws SQLException {
        return query(
                """
                select c.relname, p.relname, pg_get_expr(c.relpartbound, c.oid)
                  || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '')
                from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
                join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = current_schema() and c.relispartition and c.relkind = 'r'
                  and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT' order by 1""",
                row -> new Manifest.Partition(row.getString(1), row.getString(2), row.getString(3)));
    }

    List<Manifest.Sequence> sequences() throws SQLException {
        List<Manifest.Sequence> sequences = new ArrayList<>();
        for (String name : query("select c.relname " + OURS + " and c.relkind = 'S'", row -> row.getString(1))) {
            sequences.addAll(query(
                    "select last_value, is_called from " + quoted(name),
                    row -> new Manifest.Sequence(name, row.getLong(1), row.getBoolean(2))));
        }
        return sequences;
    }

    /** The first table with a row in it that people would miss. */
    Optional<String> firstWithRows(Set<String> butFor) throws SQLException {
        Set<String> tables = new HashSet<>(inOrder());
        tables.removeAll(butFor);
        for (String table : tables.stream().sorted().toList()) {
            if (query("select exists (select 1 from " + quoted(table) + ")", row -> row.getBoolean(1))
                    .get(0)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoted(List<String> names) {
        return String.join(", ", names.stream().map(Catalogue::quoted).toList());
    }

    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    <T> List<T> query(String sql, Row<T> map, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(map.of(rows));
                }
                return found;
            }
        }
    }

    void execute(String... statements) throws SQLException {
        for (String sql : Arrays.asList(statements)) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}

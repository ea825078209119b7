package io.waybill.ledger;

import io.waybill.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A name that is nobody's, and where in the whole database it stands: every column of every table that can hold text. */
public final class Planted {
    public static final String NAME = "Zyxwella";
    public static final String BASE64 = Base64.getEncoder().encodeToString(NAME.getBytes(StandardCharsets.UTF_8));

    private final Db db;

    public Planted(TestDatabase database) {
        this(database.dataSource());
    }

    public Planted(javax.sql.DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    private record Column(String table, String name, String type) {}

    /** Such as {@code event.payload: 2}. */
    public List<String> places() {
        List<String> places = new ArrayList<>();
        List<Column> columns = db.query(
                """
                select c.relname, a.attname, t.typname from pg_attribute a
                join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
                where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
                  and t.typname in ('text', 'varchar', 'json', 'jsonb', 'bytea', '_text', '_varchar')""",
                row -> new Column(row.getString(1), row.getString(2), row.getString(3)));
        for (Column column : columns) {
            long rows = count(column, NAME) + count(column, BASE64);
            if (rows > 0) {
                places.add(column.table() + "." + column.name() + ": " + rows);
            }
        }
        return places;
    }

    private long count(Column column, String text) {
        String quoted = "\"" + column.name() + "\"";
        String holds = column.type().equals("bytea")
                ? "position(convert_to(?, 'UTF8') in " + quoted + ") > 0"
                : "position(? in " + quoted + "::text) > 0";
        return db.query("select count(*) from \"" + column.table() + "\" where " + holds, row -> row.getLong(1), text)
                .get(0);
    }
}

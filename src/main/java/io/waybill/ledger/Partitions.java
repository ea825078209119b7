package io.waybill.ledger;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.sql.DataSource;

/**
 * Monthly partitions of bodies and attempts: made ahead, dropped whole when they are past their age. Dropping is instant and
 * leaves no bloat. Rows for a month that has no partition go to the default one and are never refused.
 */
public final class Partitions {
    /** Receipts' keys and bodies are kept this long: a duplicate that comes later is taken for new. */
    public static final int RECEIPT_DAYS = 90;

    private static final List<String> TABLES = List.of("receipt_body", "attempt");
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMM");
    private static final int AHEAD = 2;
    private static final int PURGED_AT_ONCE = 10_000;

    private final Db db;
    private final Clock clock;

    public Partitions(DataSource dataSource, Clock clock) {
        this.db = new Db(dataSource);
        this.clock = clock;
    }

    /** Makes what is missing for this month and the two after it. Safe to call again, and on several nodes at once. */
    public void ensure() {
        LocalDate month = LocalDate.now(clock.withZone(ZoneOffset.UTC)).withDayOfMonth(1);
        db.tx(session -> {
            session.query("select pg_advisory_xact_lock(hashtext('waybill partitions'))", row -> 1);
            for (String table : TABLES) {
                for (int ahead = 0; ahead <= AHEAD; ahead++) {
                    create(session, table, month.plusMonths(ahead));
                }
            }
            return month;
        });
    }

    private static void create(Db.Session session, String table, LocalDate month) throws SQLException {
        String name = table + "_" + NAME.format(month);
        boolean exists = session.query("select to_regclass(?) is not null", row -> row.getBoolean(1), name)
                .get(0);
        boolean taken = session.query(
                        "select exists (select 1 from " + table + "_default where " + column(table) + " >= ?::date and "
                                + column(table) + " < ?::date)",
                        row -> row.getBoolean(1),
                        month.toString(),
                        month.plusMonths(1).toString())
                .get(0);
        if (!exists && !taken) {
            session.update("create table " + name + " partition of " + table + " for values from ('" + month
                    + "') to ('" + month.plusMonths(1) + "') with (toast_tuple_target = 8160)");
        }
    }

    private static String column(String table) {
        return table.equals("attempt") ? "started_at" : "received_at";
    }

    /** Forgets receipts past their age, except those that somebody still has to look at. */
    public int purge() {
        LocalDate oldest = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(RECEIPT_DAYS);
        int keys = db.update(
                """
                delete from receipt where id in (
                  select id from receipt where received_at < ?::date and due_at is null and state in ('imported', 'split')
                  order by id limit ?)""",
                oldest.toString(),
                PURGED_AT_ONCE);
        for (String table : TABLES) {
            dropBefore(table, oldest.withDayOfMonth(1));
        }
        return keys;
    }

    /** A month goes when all of it is past its age. */
    private void dropBefore(String table, LocalDate firstKept) {
        List<String> old = db.query(
                """
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ?::regclass and c.relname ~ ?
                  and c.relname < ?""",
                row -> row.getString(1),
                table,
                "^" + table + "_[0-9]{6}$",
                table + "_" + NAME.format(firstKept));
        old.forEach(name -> db.update("drop table " + name));
    }
}

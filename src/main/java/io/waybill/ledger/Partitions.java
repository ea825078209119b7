package io.waybill.ledger;

import io.waybill.order.WaybillException;
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
    /** A partitioned table and the time that places a row. */
    enum Table {
        RECEIPT_BODY("received_at"),
        ATTEMPT("started_at");

        private final String column;

        Table(String column) {
            this.column = column;
        }

        String sql() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String column() {
            return column;
        }
    }

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMM");
    private static final int AHEAD = 2;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

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
            lock(session);
            for (Table table : Table.values()) {
                for (int ahead = 0; ahead <= AHEAD; ahead++) {
                    create(session, table, month.plusMonths(ahead));
                }
            }
            return month;
        });
    }

    private static void lock(Db.Session session) throws SQLException {
        session.query("select pg_advisory_xact_lock(hashtext('waybill partitions'))", row -> 1);
    }

    private static void create(Db.Session session, Table table, LocalDate month) throws SQLException {
        String name = table.sql() + "_" + NAME.format(month);
        boolean exists = session.query("select to_regclass(?) is not null", row -> row.getBoolean(1), name)
                .get(0);
        boolean taken = session.query(
                        "select exists (select 1 from %s_default where %s >= ?::date and %s < ?::date)"
                                .formatted(table.sql(), table.column(), table.column()),
                        row -> row.getBoolean(1),
                        month.toString(),
                        month.plusMonths(1).toString())
                .get(0);
        if (!exists && !taken) {
            session.update("create table " + name + " partition of " + table.sql() + " for values from ('" + month
                    + "') to ('" + month.plusMonths(1) + "') with (toast_tuple_target = 8160)");
        }
    }

    /**
     * Drops the months that lie wholly before this day, and answers how many. One that a long query holds is left for the next
     * time, since everybody would queue up behind its drop; so is one whose receipts are still to be imported.
     */
    int dropBefore(Table table, LocalDate day) {
        List<String> old = db.query(
                """
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ?::regclass and c.relname ~ ? and c.relname < ? order by c.relname""",
                row -> row.getString(1),
                table.sql(),
                "^" + table.sql() + "_[0-9]{6}$",
                table.sql() + "_" + NAME.format(day));
        return (int) old.stream().filter(name -> drop(table, name)).count();
    }

    private boolean drop(Table table, String name) {
        try {
            return db.tx(session -> {
                lock(session);
                if (table == Table.RECEIPT_BODY && isStillRead(session, name)) {
                    return false;
                }
                session.update("set local lock_timeout = '2s'");
                session.update("drop table if exists " + name);
                return true;
            });
        } catch (WaybillException e) {
            if (e.getCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isStillRead(Db.Session session, String name) throws SQLException {
        return session.query(
                        "select exists (select 1 from receipt r join " + name
                                + " b on b.receipt_id = r.id where r.state = 'waiting' and r.waits_for is null)",
                        row -> row.getBoolean(1))
                .get(0);
    }
}

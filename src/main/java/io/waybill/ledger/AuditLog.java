package io.waybill.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What people did by hand. Actions of the ledger write their entry in the same transaction. */
public final class AuditLog {
    private final Db db;

    public AuditLog(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** For actions that happen outside the ledger, such as a deployment. */
    public void record(
            String by, String action, @Nullable Long order, @Nullable String subject, Map<String, ?> detail) {
        db.tx(session -> {
            write(session, by, action, order, subject, detail);
            return true;
        });
    }

    static void write(
            Db.Session session,
            String by,
            String action,
            @Nullable Long order,
            @Nullable String subject,
            Map<String, ?> detail)
            throws SQLException {
        session.update(
                """
                insert into audit (id, by, action, order_id, subject, detail) values (nextval('ledger_id'), ?, ?, ?, ?, ?)""",
                by,
                action,
                order,
                subject,
                Json.write(detail));
    }

    /** Newest first. */
    public Slice<AuditEntry> list(
            @Nullable Long order,
            @Nullable String by,
            @Nullable String action,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String cursor,
            int limit) {
        Cursor after = Cursor.parse(cursor);
        Where where = new Where()
                .andIf(order, "order_id = ?")
                .andIf(by, "by = ?")
                .andIf(action, "action = ?")
                .andIf(from, "at >= ?")
                .andIf(to, "at < ?");
        if (after != null) {
            where.and("(at, id) < (?, ?)", after.at(), after.id());
        }
        return Slice.of(
                db.query(
                        "select * from audit where " + where.sql() + " order by at desc, id desc limit ?",
                        row -> new AuditEntry(
                                row.getLong("id"),
                                row.getTimestamp("at").toInstant(),
                                row.getString("by"),
                                row.getString("action"),
                                row.getObject("order_id", Long.class),
                                row.getString("subject"),
                                Json.shown(row.getString("detail"))),
                        where.parameters(limit + 1)),
                limit,
                entry -> new Cursor(entry.at(), entry.id()).text());
    }
}

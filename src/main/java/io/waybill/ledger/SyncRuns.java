package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of the sync log. */
final class SyncRuns {
    static final String COLUMNS = "select * from run ";

    private final Db.Session session;
    private final SyncFilter filter;
    private final @Nullable Cursor after;

    SyncRuns(Db.Session session, SyncFilter filter, @Nullable Cursor after) {
        this.session = session;
        this.filter = filter;
        this.after = after;
    }

    List<SyncEntry> list(int limit) throws SQLException {
        SyncStatus status = filter.status();
        if (filter.number() != null || status != null && status.state() == null) {
            return List.of();
        }
        Where where =
                filter.where(after, "id").andIf(filter.channel(), "channel = ?").andIf(filter.task(), "task = ?");
        if (status != null) {
            where.and("state = '" + status.state() + "'");
        }
        return session.query(
                COLUMNS + "where " + where.sql() + " order by started_at desc, id desc limit ?",
                SyncRuns::entry,
                where.parameters(limit));
    }

    static SyncEntry entry(ResultSet row) throws SQLException {
        return new SyncEntry(
                "run-" + row.getLong("id"),
                "run",
                row.getString("channel"),
                row.getString("task"),
                SyncStatus.ofRun(row.getString("state")),
                row.getTimestamp("started_at").toInstant(),
                Db.instant(row, "finished_at"),
                null,
                null,
                null,
                null,
                null,
                null,
                row.getString("trigger"),
                row.getString("by"),
                row.getString("subject").isEmpty() ? null : row.getString("subject"),
                RunSummary.of(row.getString("summary")),
                row.getString("error_code"),
                row.getString("error"));
    }
}

package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Failures in groups: the same thing failing the same way is one issue, however many orders it holds up. Deliveries that
 * failed, whose outcome is unknown, that wait for a mapping or that a broken rule withholds; receipts that are parked or
 * conflict. What holds up how much is counted when it is asked for.
 */
public final class IssueViews {
    private static final int MOST = 500;

    private static final String ISSUES =
            """
            select coalesce(live.issue, i.id) as id, coalesce(live.kind, i.kind) as kind,
              coalesce(live.channel, i.channel) as channel, coalesce(live.operation, i.operation) as operation,
              coalesce(live.code, i.code) as code, coalesce(live.n, 0) as n,
              coalesce(live.newest, i.newest) as newest, coalesce(live.message, i.message) as message,
              least(live.first_at, i.first_at) as first_at, greatest(live.last_at, i.last_at) as last_at,
              i.state_by, i.state_at,
              case
                when i.state = 'ignored' then 'ignored'
                when live.issue is null and (i.state = 'resolved' or not %s) then 'resolved'
                when i.state = 'acknowledged' then 'acknowledged'
                else 'open'
              end as state
            from (%s) live full join issue i on i.id = live.issue"""
                    .formatted(Issues.RETRIED, Issues.LIVE);

    private final Db db;

    public IssueViews(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * @param id of the fingerprint: the same failure has the same id tomorrow
     * @param kind delivery or receipt
     * @param operation of a delivery; the topic of a receipt
     * @param count deliveries or receipts held up now; 0 while all of them are being tried again
     * @param message of the newest one
     * @param newest the id of the newest one
     * @param by who acknowledged or ignored it
     * @param at when that was
     */
    public record Issue(
            String id,
            String kind,
            IssueState state,
            String channel,
            String operation,
            @Nullable String code,
            long count,
            @Nullable String message,
            long newest,
            Instant first,
            Instant last,
            @Nullable String by,
            @Nullable Instant at) {}

    /**
     * Those that hold up most come first, then the newest.
     *
     * @param state null for those that somebody should look at: open and acknowledged
     */
    public List<Issue> list(@Nullable IssueState state, @Nullable String channel) {
        Where where = new Where()
                .and(state == null ? "state in ('open', 'acknowledged')" : "state = '" + state.word() + "'")
                .andIf(channel, "channel = ?");
        return db.query(
                "select * from (" + ISSUES + ") shown where " + where.sql()
                        + " order by n desc, last_at desc, id limit ?",
                IssueViews::issue,
                where.parameters(MOST));
    }

    public Issue one(String id) {
        return db.query("select * from (" + ISSUES + ") shown where id = ?", IssueViews::issue, id).stream()
                .findFirst()
                .orElseThrow(() -> ViewError.UNKNOWN_ISSUE.of(id));
    }

    private static Issue issue(ResultSet row) throws SQLException {
        return new Issue(
                row.getString("id"),
                row.getString("kind"),
                IssueState.of(row.getString("state")),
                row.getString("channel"),
                row.getString("operation"),
                row.getString("code"),
                row.getLong("n"),
                row.getString("message"),
                row.getLong("newest"),
                row.getTimestamp("first_at").toInstant(),
                row.getTimestamp("last_at").toInstant(),
                row.getString("state_by"),
                row.getString("state_by") == null ? null : Db.instant(row, "state_at"));
    }
}

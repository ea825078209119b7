package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Failures in groups: the same thing failing the same way is one issue, however many orders it holds up. */
public final class IssueViews {
    private static final int MOST = 500;

    private final Db db;

    public IssueViews(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * @param id of the fingerprint: the same failure has the same id tomorrow
     * @param kind delivery or receipt
     * @param operation of a delivery; the topic of a receipt
     * @param count deliveries or receipts held up
     * @param message of the newest one
     * @param newest the id of the newest one
     */
    public record Issue(
            String id,
            String kind,
            String state,
            String channel,
            String operation,
            @Nullable String code,
            long count,
            @Nullable String message,
            long newest,
            Instant first,
            Instant last) {}

    /** Those that hold up most come first. */
    public List<Issue> open(@Nullable String channel) {
        return db.query(
                """
                with failure as (
                  select 'delivery' as kind, channel, operation, error_code as code, error, id,
                    coalesce(finished_at, created_at) as at
                  from delivery where state in ('failed', 'unknown') and (?::text is null or channel = ?)
                  union all
                  select 'receipt', channel, topic, error_code, error, id, received_at
                  from receipt where state in ('parked', 'conflict') and (?::text is null or channel = ?))
                select kind, channel, operation, code, count(*) as n, min(at) as first, max(at) as last, max(id) as newest,
                  (array_agg(error order by id desc))[1] as message,
                  substr(encode(sha256(convert_to(concat_ws(chr(1), kind, channel, operation, code), 'UTF8')), 'hex'), 1, 16)
                    as fingerprint
                from failure group by kind, channel, operation, code order by n desc, newest desc limit ?""",
                IssueViews::issue,
                channel,
                channel,
                channel,
                channel,
                MOST);
    }

    private static Issue issue(ResultSet row) throws SQLException {
        return new Issue(
                row.getString("fingerprint"),
                row.getString("kind"),
                "open",
                row.getString("channel"),
                row.getString("operation"),
                row.getString("code"),
                row.getLong("n"),
                row.getString("message"),
                row.getLong("newest"),
                row.getTimestamp("first").toInstant(),
                row.getTimestamp("last").toInstant());
    }
}

package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs of tasks: at most one at a time per channel and task, over all nodes. A run is held for {@link #LEASE} from its
 * start and from each {@link #progress}; one whose node died counts as interrupted once that is over.
 */
public final class Runs {
    public static final Duration LEASE = Duration.ofMinutes(5);

    private static final String COLUMNS =
            """
            select r.*, (s ->> 'looked')::bigint as looked, (s ->> 'stored')::bigint as stored,
              (s ->> 'duplicates')::bigint as duplicates, (s ->> 'conflicts')::bigint as conflicts,
              (s ->> 'failed')::bigint as failed
            from run r cross join lateral (select r.summary::jsonb as s) x\s""";

    private final Db db;
    private final String node;

    /** @param node the name of this server, the same after a restart */
    public Runs(DataSource dataSource, String node) {
        this.db = new Db(dataSource);
        this.node = node;
    }

    public enum Trigger {
        SCHEDULE,
        MANUAL;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * @param state running, done or failed
     * @param by who asked for it; {@code schedule} when nobody did
     */
    public record Run(
            long id,
            String channel,
            String task,
            Instant startedAt,
            @Nullable Instant finishedAt,
            String state,
            String trigger,
            String by,
            RunSummary summary,
            @Nullable String errorCode,
            @Nullable String error) {}

    /** At start: what an earlier life of this node was running is interrupted. */
    public void reclaim() {
        db.tx(session -> interrupt(session, "node = ?", node));
    }

    /** Begins a run, or refuses with {@link LedgerError#WRONG_STATE} while another one is under way. */
    public long start(String channel, String task, Trigger trigger, String by) {
        return start(channel, task, "", trigger, by);
    }

    /** @param subject which of several such tasks; each runs once at a time */
    public long start(String channel, String task, String subject, Trigger trigger, String by) {
        return db.tx(session -> {
            session.query(
                    "select pg_advisory_xact_lock(hashtextextended(?, 7))",
                    row -> 1,
                    channel + "\n" + task + (subject.isEmpty() ? "" : "\n" + subject));
            Long open = session.first(
                    """
                    select id from run
                    where channel = ? and task = ? and subject = ? and state = 'running' and alive_until > now()""",
                    row -> row.getLong(1),
                    channel,
                    task,
                    subject);
            if (open != null) {
                throw new WaybillException(
                        LedgerError.WRONG_STATE,
                        "Task " + task + " of " + channel + " cannot start: run " + open
                                + " of it is under way. Wait for its end.");
            }
            interrupt(session, "channel = ? and task = ? and subject = ?", channel, task, subject);
            return insert(session, channel, task, subject, trigger, by);
        });
    }

    private static int interrupt(Db.Session session, String which, Object... parameters) throws SQLException {
        return session.update(
                """
                update run set state = 'failed', finished_at = now(), error_code = 'interrupted',
                  error = 'The server stopped during this run. The next one goes on where it left off.'
                where state = 'running' and\s"""
                        + which,
                parameters);
    }

    private long insert(Db.Session session, String channel, String task, String subject, Trigger trigger, String by)
            throws SQLException {
        Long id = session.first(
                """
                insert into run (id, channel, task, subject, trigger, by, node, alive_until, summary)
                values (nextval('ledger_id'), ?, ?, ?, ?, ?, ?, now() + ? * interval '1 millisecond', ?)
                returning id""",
                row -> row.getLong(1),
                channel,
                task,
                subject,
                trigger.word(),
                by,
                node,
                LEASE.toMillis(),
                RunSummary.NOTHING.json());
        if (id == null) {
            throw new IllegalStateException("an insert returns its row");
        }
        return id;
    }

    /** @return false when the run is not ours any more: it lost its lease, so it must end without touching the cursor */
    public boolean progress(long id, RunSummary soFar) {
        return db.update(
                        """
                        update run set summary = ?, alive_until = now() + ? * interval '1 millisecond'
                        where id = ? and state = 'running'""",
                        soFar.json(),
                        LEASE.toMillis(),
                        id)
                == 1;
    }

    /** A scheduled run that found nothing takes the place of the one before that found nothing: the log shows the last. */
    public void finish(long id, RunSummary summary) {
        db.tx(session -> {
            session.update(
                    "update run set state = 'done', finished_at = now(), summary = ? where id = ? and state = 'running'",
                    summary.json(),
                    id);
            return summary.looked() == 0 ? forgetEmptyBefore(session, id) : 0;
        });
    }

    private static int forgetEmptyBefore(Db.Session session, long id) throws SQLException {
        return session.update(
                """
                with this as (select * from run where id = ? and trigger = 'schedule'),
                before as (
                  select r.id, r.state, r.trigger, r.summary
                  from run r join this on r.channel = this.channel and r.task = this.task and r.subject = this.subject
                    and r.id < this.id
                  order by r.id desc limit 1)
                delete from run using before
                where run.id = before.id and before.state = 'done' and before.trigger = 'schedule'
                  and before.summary::jsonb ->> 'looked' = '0'""",
                id);
    }

    /** What the numbers do not say: JSON that the work wrote. */
    public void detail(long id, String json) {
        db.update("update run set detail = ? where id = ?", json, id);
    }

    public @Nullable String detail(long id) {
        return db.query("select detail from run where id = ?", row -> row.getString(1), id).stream()
                .findFirst()
                .orElse(null);
    }

    public void fail(long id, RunSummary summary, String code, String error) {
        db.update(
                """
                update run set state = 'failed', finished_at = now(), summary = ?, error_code = ?, error = ?
                where id = ? and state = 'running'""",
                summary.json(),
                code,
                error,
                id);
    }

    public Run find(long id) {
        return db.query(COLUMNS + "where r.id = ?", Runs::read, id).stream()
                .findFirst()
                .orElseThrow(() -> new WaybillException(LedgerError.NOT_FOUND, "There is no run " + id + "."));
    }

    /** Newest first. @param before an id that the page before ended with; {@link Long#MAX_VALUE} for the first */
    public List<Run> list(@Nullable String channel, @Nullable String task, int limit, long before) {
        return db.query(
                COLUMNS
                        + """
                        where (?::text is null or channel = ?) and (?::text is null or task = ?) and id < ?
                        order by id desc limit ?""",
                Runs::read,
                channel,
                channel,
                task,
                task,
                before,
                limit);
    }

    private static Run read(ResultSet row) throws SQLException {
        return new Run(
                row.getLong("id"),
                row.getString("channel"),
                row.getString("task"),
                row.getTimestamp("started_at").toInstant(),
                Db.instant(row, "finished_at"),
                row.getString("state"),
                row.getString("trigger"),
                row.getString("by"),
                new RunSummary(
                        row.getLong("looked"),
                        row.getLong("stored"),
                        row.getLong("duplicates"),
                        row.getLong("conflicts"),
                        row.getLong("failed")),
                row.getString("error_code"),
                row.getString("error"));
    }
}

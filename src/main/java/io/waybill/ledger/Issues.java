package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** What people say about issues, and the record of those that came and went. */
public final class Issues {
    /** One row for each issue that holds something up now. */
    static final String LIVE =
            """
            select seen.*, coalesce(d.error, (
                select rule.decided ->> 'reason' from event e, jsonb_array_elements(e.decisions::jsonb) as rule (decided)
                where d.state = 'withheld' and e.id = d.event_id and rule.decided ->> 'channel' = d.channel limit 1)) as message
            from (
              select 'delivery' as kind, issue, min(channel) as channel, min(operation) as operation,
                min(coalesce(error_code, case when state in ('waiting', 'withheld') then reason end)) as code,
                count(*) as n, min(coalesce(finished_at, created_at)) as first_at,
                max(coalesce(finished_at, created_at)) as last_at, max(id) as newest
              from delivery where issue is not null group by issue) seen
            join delivery d on d.id = seen.newest
            union all
            select seen.*, r.error
            from (
              select 'receipt', issue, min(channel), min(topic), min(error_code), count(*), min(received_at), max(received_at),
                max(id) as newest
              from receipt where issue is not null group by issue) seen
            join receipt r on r.id = seen.newest""";

    private static final String WRITE =
            """
            insert into issue as i (id, kind, channel, operation, code, count, newest, message, first_at, last_at)
            select issue, kind, channel, operation, code, n, newest, left(message, 1000), first_at, last_at from (%s) live
            on conflict (id) do update set count = excluded.count, newest = excluded.newest, message = excluded.message,
              last_at = excluded.last_at, state = case when i.state = 'resolved' then 'open' else i.state end,
              state_by = case when i.state = 'resolved' then null else i.state_by end,
              state_at = case when i.state = 'resolved' then now() else i.state_at end
            where (i.count, i.newest, i.last_at) is distinct from (excluded.count, excluded.newest, excluded.last_at)
              or i.message is distinct from excluded.message or i.state = 'resolved'"""
                    .formatted(LIVE);

    /** Of an issue {@code i}: what it held up is being tried again, so that nobody knows yet. */
    static final String RETRIED =
            """
            (exists (
              select 1 from delivery d
              where i.kind = 'delivery' and d.error_code = i.code and d.state = 'waiting' and d.channel = i.channel
                and issue_id('delivery', d.channel, d.operation, d.error_code, d.error) = i.id)
            or exists (
              select 1 from receipt r
              where i.kind = 'receipt' and r.error_code = i.code and r.state = 'waiting' and r.channel = i.channel
                and issue_id('receipt', r.channel, r.topic, r.error_code, r.error) = i.id))""";

    private static final String RESOLVE =
            """
            update issue i set state = case when state = 'ignored' then state else 'resolved' end, count = 0, state_at = now()
            where (state in ('open', 'acknowledged') or state = 'ignored' and count > 0)
              and not exists (select 1 from delivery d where d.issue = i.id)
              and not exists (select 1 from receipt r where r.issue = i.id)
              and not %s"""
                    .formatted(RETRIED);

    private final Db db;

    public Issues(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** Writes down what came, and resolves what went. Safe to call again, and on several nodes at once. */
    public void settle() {
        db.tx(session -> settle(session) + session.update(RESOLVE));
    }

    /** Before deliveries are tried again: what held them up is written down, and stays what it was until they are through. */
    static int settle(Db.Session session) throws SQLException {
        lock(session);
        return session.update(WRITE);
    }

    /** Whoever writes several issues holds this, so that nobody waits for the other in a circle. */
    static void lock(Db.Session session) throws SQLException {
        session.query("select pg_advisory_xact_lock(hashtext('waybill issues'))", row -> 1);
    }

    /** Somebody is on it. */
    public void acknowledge(String id, String by) {
        say(id, IssueState.ACKNOWLEDGED, "acknowledge", by);
    }

    /** Nobody wants to see it again, however often it comes. */
    public void ignore(String id, String by) {
        say(id, IssueState.IGNORED, "ignore", by);
    }

    /** Takes back what was said. */
    public void reopen(String id, String by) {
        say(id, IssueState.OPEN, "reopen", by);
    }

    private void say(String id, IssueState state, String action, String by) {
        db.tx(session -> {
            settle(session);
            session.update(RESOLVE);
            String before =
                    session.first("select state from issue where id = ? for update", row -> row.getString(1), id);
            if (before == null) {
                throw ViewError.UNKNOWN_ISSUE.of(id);
            }
            if (before.equals(IssueState.RESOLVED.word())) {
                throw new WaybillException(
                        LedgerError.WRONG_STATE,
                        "Issue " + id
                                + " is resolved: nothing is held up by it any more. It opens again when it comes again.");
            }
            session.update(
                    "update issue set state = ?, state_by = ?, state_at = now() where id = ?", state.word(), by, id);
            AuditLog.write(session, by, action + "-issue", null, "issue " + id, Map.of("state", before));
            return true;
        });
    }
}

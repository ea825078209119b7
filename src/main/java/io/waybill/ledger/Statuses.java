package io.waybill.ledger;

import io.waybill.order.StatusChanged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What channels said and were told about where orders stand. */
public final class Statuses {
    /** So far back a run looks: orders received since. */
    public static final int DAYS = 60;

    private static final int AT_ONCE = 200;
    private static final int RECENT_WORDS = 10_000;

    private final Db db;

    public Statuses(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * Where one status came from.
     *
     * @param overtaken a later word of the same channel about the same order has gone the same way, or is about to
     */
    public record Origin(String from, boolean overtaken) {}

    public Origin origin(long event, String to) {
        return db
                .query(
                        """
                        select e.channel, exists (
                            select 1 from event later
                            join delivery d on d.event_id = later.id and d.channel = ? and d.operation = 'set-status'
                            where later.order_id = e.order_id and later.type = 'status' and later.channel = e.channel
                              and later.outcome = 'applied' and later.id <> e.id
                              and (coalesce(later.at, later.recorded_at), coalesce(later.receipt_id, 0), later.id)
                                > (coalesce(e.at, e.recorded_at), coalesce(e.receipt_id, 0), e.id)
                              and (d.state = 'delivered' or d.state = 'waiting' and d.reason <> 'awaiting-mapping')) as overtaken
                        from event e where e.id = ?""",
                        row -> new Origin(row.getString(1), row.getBoolean(2)),
                        to,
                        event)
                .stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a delivery's event is in the ledger"));
    }

    /** Remembers what a channel has taken. Said twice it does no harm. */
    public void told(long order, String channel, String status, long event) {
        db.update(
                """
                insert into status_told (order_id, channel, status, event_id) values (?, ?, ?, ?)
                on conflict (order_id, channel) do update
                set status = excluded.status, event_id = excluded.event_id, at = now()""",
                order,
                channel,
                status,
                event);
    }

    /**
     * Carries out a decision on a status that is known already, under a key of its own.
     *
     * @return false when the order changed since it was looked at: decide again
     */
    public boolean publish(Known known, long event, Decided decided) {
        return db.tx(session -> {
            session.query(
                    "select pg_advisory_xact_lock(?)", row -> 1, CommitBatch.lock(known.channel(), known.externalId()));
            String key = session.first(
                    """
                    select event_key || '#' || (select count(*) from delivery d where d.event_id = e.id and d.channel = ?)
                    from event e join orders o on o.id = e.order_id
                    where e.id = ? and o.id = ? and o.changes = ?""",
                    row -> row.getString(1),
                    decided.channel(),
                    event,
                    known.id(),
                    known.changes());
            if (key == null) {
                return false;
            }
            session.update("update orders set changes = changes + 1 where id = ?", known.id());
            new LaneWriter(session).write(List.of(work(known, event, key, decided)));
            return true;
        });
    }

    private static LaneWork work(Known known, long event, String key, Decided decided) {
        return new LaneWork(
                known.id(),
                event,
                known.channel(),
                known.externalId(),
                false,
                known.channel(),
                new StatusChanged(known.externalId(), key, null),
                key,
                known.cancelled(),
                known.revision(),
                List.of(decided),
                null);
    }

    /** The words that a channel has used lately. */
    public List<String> words(String channel) {
        return db.query(
                """
                select distinct word from (
                  select payload::jsonb ->> 'status' as word from event
                  where type = 'status' and channel = ? order by id desc limit ?) recent
                order by word""",
                row -> row.getString(1),
                channel,
                RECENT_WORDS);
    }

    /**
     * How one order stands between two channels that both have it.
     *
     * @param fromId its id at the channel that tells; null where it has none there that we know of
     * @param lines the ids of its lines
     * @param key of the order's creation there, by which some channels find it; null where we did not create it
     * @param event the newest status that it told; null when it told none
     * @param word of that event; of an order that came from there, its state says it as well
     * @param at since when
     * @param told what the other channel was last told
     * @param state of the newest delivery of that event there; null when there is none
     * @param reason why it waits or was withheld
     */
    public record Standing(
            long order,
            String number,
            @Nullable String fromId,
            String toId,
            List<String> lines,
            @Nullable String key,
            @Nullable Long event,
            @Nullable String word,
            @Nullable Instant at,
            @Nullable String told,
            @Nullable String state,
            @Nullable String reason,
            @Nullable String errorCode,
            @Nullable String error) {}

    /** The next orders below this id, newest first; {@link Long#MAX_VALUE} for the first. Cancelled ones are left out. */
    public List<Standing> between(String from, String to, long below) {
        return db.query(
                """
                select o.id, o.number, o.channel as source, o.external_id as source_id, coalesce(f.part, 1) as part,
                  f.channel as from_channel,
                  case when o.channel = ? then o.external_id else f.external_id end as from_id,
                  coalesce(t.external_id, o.external_id) as to_id,
                  s.id as event, s.word, s.at, told.status as told, d.state, d.reason, d.error_code, d.error,
                  case when o.channel = ? then coalesce(e.payload::jsonb #>> '{order,systemStatus}', o.status) end as own_word,
                  o.source_updated,
                  array(select line ->> 'id' from jsonb_array_elements(e.payload::jsonb #> '{order,lines}') line) as line_ids
                from orders o
                join event e on e.id = o.event_id
                left join lateral (
                  select * from lane where order_id = o.id and channel = ? order by part desc limit 1) f on true
                left join lateral (
                  select * from lane where order_id = o.id and channel = ? order by part desc limit 1) t on true
                left join lateral (
                  select id, payload::jsonb ->> 'status' as word, coalesce(at, recorded_at) as at from event
                  where order_id = o.id and type = 'status' and channel = ? and outcome = 'applied'
                  order by coalesce(at, recorded_at) desc, coalesce(receipt_id, 0) desc, id desc limit 1) s on true
                left join status_told told on told.order_id = o.id and told.channel = ?
                left join lateral (
                  select state, reason, error_code, error from delivery
                  where order_id = o.id and event_id = s.id and channel = ? and operation = 'set-status'
                  order by id desc limit 1) d on true
                where o.received_at > now() - ? * interval '1 day' and o.id < ? and not o.cancelled
                  and (o.channel = ? or f.external_id is not null or s.id is not null)
                  and (o.channel = ? or t.external_id is not null or t.sent_revision > 0)
                order by o.id desc limit ?""",
                Statuses::standing,
                from,
                from,
                from,
                to,
                from,
                to,
                to,
                DAYS,
                below,
                from,
                to,
                AT_ONCE);
    }

    private static Standing standing(ResultSet row) throws SQLException {
        @Nullable Instant at = Db.instant(row, "at");
        @Nullable String own = row.getString("own_word");
        @Nullable Instant changed = Db.instant(row, "source_updated");
        boolean ownIsNewer = own != null && (at == null || changed != null && changed.isAfter(at));
        boolean known = !ownIsNewer || Objects.equals(own, row.getString("word"));
        return new Standing(
                row.getLong("id"),
                row.getString("number"),
                row.getString("from_id"),
                row.getString("to_id"),
                Db.texts(row, "line_ids"),
                createKey(row),
                known ? row.getObject("event", Long.class) : null,
                ownIsNewer ? own : row.getString("word"),
                ownIsNewer ? changed : at,
                row.getString("told"),
                known ? row.getString("state") : null,
                row.getString("reason"),
                row.getString("error_code"),
                row.getString("error"));
    }

    private static @Nullable String createKey(ResultSet row) throws SQLException {
        @Nullable String channel = row.getString("from_channel");
        return channel == null
                ? null
                : Keys.create(row.getString("source"), row.getString("source_id"), channel, row.getInt("part"));
    }
}

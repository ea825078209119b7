package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What stands in the ledger now, for those who watch: two statements over partial indexes, however many channels. */
public final class LiveFigures {
    private final Db db;

    public LiveFigures(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** @param channels those asked for, by name */
    public record Figures(Map<String, ChannelNow> channels, ReceiptsNow receipts) {}

    /**
     * Deliveries to one channel, and when something last came from it or reached it.
     *
     * @param backlog those that wait without needing a person, and those in the hands of a worker
     * @param oldestSeconds age of the oldest of them; 0 when there is none
     * @param manual those that wait for a person to push them
     * @param delivered in the last 24 hours
     */
    public record ChannelNow(
            String channel,
            boolean paused,
            long backlog,
            long oldestSeconds,
            long manual,
            long failed,
            long unknown,
            long withheld,
            long delivered,
            @Nullable Instant lastReceived,
            @Nullable Instant lastDelivered) {}

    /**
     * @param waiting to be imported, those that wait for their order included
     * @param waitingForOrder of these, facts whose order is not known yet
     * @param oldestSeconds age of the oldest that waits for nothing but its import; 0 when there is none
     */
    public record ReceiptsNow(long waiting, long waitingForOrder, long oldestSeconds, long parked, long conflicts) {}

    public Figures read(Collection<String> channels) {
        return db.tx(session -> new Figures(
                session.query(CHANNELS, LiveFigures::channel, (Object) channels.toArray(String[]::new)).stream()
                        .collect(Collectors.toUnmodifiableMap(ChannelNow::channel, Function.identity())),
                session.query(RECEIPTS, LiveFigures::receipts).get(0)));
    }

    private static final String CHANNELS =
            """
            with recent as (
              select channel, max(received_at) as at from (select channel, received_at from receipt order by id desc limit 5000) r
              group by channel),
            open as (
              select channel,
                count(*) filter (where state = 'waiting' and reason is distinct from 'manual') as backlog,
                min(created_at) filter (where state = 'waiting' and reason is distinct from 'manual') as oldest,
                count(*) filter (where state = 'waiting' and reason = 'manual') as manual,
                count(*) filter (where state = 'failed') as failed,
                count(*) filter (where state = 'unknown') as unknown
              from delivery where state in ('waiting', 'failed', 'unknown') group by channel)
            select c.channel, coalesce(s.value = 'true', false) as paused,
              coalesce(open.backlog, 0) as backlog,
              coalesce(greatest(extract(epoch from now() - open.oldest), 0), 0)::bigint as oldest,
              coalesce(open.manual, 0) as manual, coalesce(open.failed, 0) as failed, coalesce(open.unknown, 0) as unknown,
              (select count(*) from delivery d where d.state = 'withheld' and d.channel = c.channel) as withheld,
              (select count(*) from delivery d
               where d.state = 'delivered' and d.channel = c.channel and d.finished_at >= now() - interval '24 hours') as delivered,
              coalesce(recent.at, (select max(received_at) from receipt r where r.channel = c.channel)) as received_at,
              (select max(finished_at) from delivery d where d.state = 'delivered' and d.channel = c.channel) as delivered_at
            from unnest(?) as c (channel)
            left join open on open.channel = c.channel
            left join recent on recent.channel = c.channel
            left join switch s on s.channel = c.channel and s.name = 'paused'""";

    private static final String RECEIPTS =
            """
            select count(*) filter (where state = 'waiting') as waiting,
              count(*) filter (where state = 'waiting' and waits_for is not null) as waiting_for_order,
              coalesce(greatest(extract(epoch from
                now() - min(received_at) filter (where state = 'waiting' and waits_for is null)), 0), 0)::bigint as oldest,
              count(*) filter (where state = 'parked') as parked,
              count(*) filter (where state = 'conflict') as conflicts
            from receipt where state in ('waiting', 'parked', 'conflict')""";

    private static ChannelNow channel(ResultSet row) throws SQLException {
        return new ChannelNow(
                row.getString("channel"),
                row.getBoolean("paused"),
                row.getLong("backlog"),
                row.getLong("oldest"),
                row.getLong("manual"),
                row.getLong("failed"),
                row.getLong("unknown"),
                row.getLong("withheld"),
                row.getLong("delivered"),
                Db.instant(row, "received_at"),
                Db.instant(row, "delivered_at"));
    }

    private static ReceiptsNow receipts(ResultSet row) throws SQLException {
        return new ReceiptsNow(
                row.getLong("waiting"),
                row.getLong("waiting_for_order"),
                row.getLong("oldest"),
                row.getLong("parked"),
                row.getLong("conflicts"));
    }
}

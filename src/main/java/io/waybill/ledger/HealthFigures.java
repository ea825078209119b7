package io.waybill.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The order health figures. They cost a few index scans, so a page may ask for them every few seconds. */
public final class HealthFigures {
    private static final Duration WINDOW = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(31);

    private final Db db;

    public HealthFigures(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * @param since orders received at or after are counted
     * @param orders those by push state
     */
    public record Figures(Instant at, Instant since, Map<PushState, Long> orders, List<ChannelFigures> channels) {}

    /**
     * One channel, as source and as destination.
     *
     * @param receipts that wait, are parked, or conflict
     * @param orders from this channel, by push state, received since {@link Figures#since}
     * @param deliveries to this channel by state: those open or withheld, and {@code delivered} since {@link Figures#since}
     * @param waiting those that wait, by reason
     * @param failedTasks those whose newest run failed, with its code
     * @param oldestWaitingSeconds the age of the oldest delivery that waits or is in progress; 0 when none does
     */
    public record ChannelFigures(
            String channel,
            boolean paused,
            Map<ReceiptViews.State, Long> receipts,
            Map<PushState, Long> orders,
            Map<DeliveryState, Long> deliveries,
            Map<String, Long> waiting,
            Map<String, String> failedTasks,
            long oldestWaitingSeconds,
            @Nullable Instant lastReceived,
            @Nullable Instant lastDelivered) {}

    private static final class Counting {
        private boolean paused;
        private final Map<ReceiptViews.State, Long> receipts = new EnumMap<>(ReceiptViews.State.class);
        private final Map<PushState, Long> orders = new EnumMap<>(PushState.class);
        private final Map<DeliveryState, Long> deliveries = new EnumMap<>(DeliveryState.class);
        private final Map<String, Long> waiting = new TreeMap<>();
        private final Map<String, String> failedTasks = new TreeMap<>();
        private long oldest;
        private @Nullable Instant received;
        private @Nullable Instant delivered;
    }

    /**
     * @param channels those that are configured; others that left traces in the ledger are told of too
     * @param from since when orders and finished deliveries are counted, 31 days back at most; null for 24 hours
     */
    public Figures read(Collection<String> channels, @Nullable Instant from) {
        return db.tx(session -> {
            Instant now = Objects.requireNonNull(
                    session.first("select now()", row -> row.getTimestamp(1).toInstant()));
            Instant since = since(now, from);
            Map<String, Counting> counts = new HashMap<>();
            channels.forEach(channel -> counts.put(channel, new Counting()));
            countReceipts(session, counts);
            countDeliveries(session, counts, since);
            countOrders(session, counts, since);
            findFailedTasks(session, counts);
            session.query(
                    "select channel from switch where name = 'paused' and value = 'true'",
                    row -> counting(counts, row.getString(1)).paused = true);
            findLast(session, counts);
            Map<PushState, Long> all = new EnumMap<>(PushState.class);
            counts.values().forEach(c -> c.orders.forEach((state, n) -> all.merge(state, n, Long::sum)));
            return new Figures(
                    now,
                    since,
                    all,
                    new TreeSet<>(counts.keySet())
                            .stream().map(c -> figures(c, counting(counts, c))).toList());
        });
    }

    private static Instant since(Instant now, @Nullable Instant from) {
        if (from == null) {
            return now.minus(WINDOW);
        }
        Instant earliest = now.minus(LONGEST);
        return from.isBefore(earliest) ? earliest : from;
    }

    private static Counting counting(Map<String, Counting> counts, String channel) {
        return counts.computeIfAbsent(channel, name -> new Counting());
    }

    private static void countReceipts(Db.Session session, Map<String, Counting> counts) throws SQLException {
        session.query(
                """
                select channel, state, count(*) as n from receipt where state in ('parked', 'conflict', 'waiting')
                group by channel, state""",
                row -> counting(counts, row.getString("channel"))
                        .receipts
                        .put(
                                ReceiptViews.State.valueOf(
                                        row.getString("state").toUpperCase(java.util.Locale.ROOT)),
                                row.getLong("n")));
    }

    private static void countDeliveries(Db.Session session, Map<String, Counting> counts, Instant since)
            throws SQLException {
        session.query(
                """
                select channel, shown_state, shown_reason, count(*) as n,
                  coalesce(extract(epoch from now() - min(created_at)), 0)::bigint as oldest
                from delivery_shown where state in ('waiting', 'failed', 'unknown')
                group by channel, shown_state, shown_reason""",
                row -> {
                    Counting counting = counting(counts, row.getString("channel"));
                    DeliveryState state = DeliveryState.of(row.getString("shown_state"));
                    counting.deliveries.merge(state, row.getLong("n"), Long::sum);
                    if (state == DeliveryState.WAITING || state == DeliveryState.IN_PROGRESS) {
                        counting.oldest = Math.max(counting.oldest, row.getLong("oldest"));
                    }
                    if (state == DeliveryState.WAITING) {
                        counting.waiting.merge(
                                String.valueOf(row.getString("shown_reason")), row.getLong("n"), Long::sum);
                    }
                    return true;
                });
        session.query(
                "select channel, count(*) as n from delivery where state = 'withheld' group by channel",
                row -> counting(counts, row.getString("channel"))
                        .deliveries
                        .put(DeliveryState.WITHHELD, row.getLong("n")));
        session.query(
                """
                select c.channel, n.n from unnest(?) as c (channel) cross join lateral (
                  select count(*) as n from delivery d
                  where d.state = 'delivered' and d.channel = c.channel and d.finished_at >= ?) n""",
                row -> counting(counts, row.getString("channel"))
                        .deliveries
                        .put(DeliveryState.DELIVERED, row.getLong("n")),
                counts.keySet().toArray(String[]::new),
                since);
    }

    private static void countOrders(Db.Session session, Map<String, Counting> counts, Instant since)
            throws SQLException {
        session.query(
                """
                select channel, push, count(*) as n from orders where received_at >= ? group by 1, 2""",
                row -> counting(counts, row.getString("channel"))
                        .orders
                        .put(PushState.of(row.getString("push")), row.getLong("n")),
                since);
    }

    /** From task to task along the index: a task's other runs are not looked at. */
    private static void findFailedTasks(Db.Session session, Map<String, Counting> counts) throws SQLException {
        session.query(
                """
                with recursive known as (
                  (select channel, task from run order by channel, task limit 1)
                  union all
                  select next.channel, next.task from known cross join lateral (
                    select r.channel, r.task from run r where (r.channel, r.task) > (known.channel, known.task)
                    order by r.channel, r.task limit 1) next)
                select known.channel, known.task, last.error_code from known cross join lateral (
                  select r.state, r.error_code from run r
                  where r.channel = known.channel and r.task = known.task and r.state <> 'running'
                  order by r.id desc limit 1) last
                where last.state = 'failed'""",
                row -> counting(counts, row.getString("channel"))
                        .failedTasks
                        .put(row.getString("task"), String.valueOf(row.getString("error_code"))));
    }

    private static void findLast(Db.Session session, Map<String, Counting> counts) throws SQLException {
        session.query(
                """
                with recent as (
                  select channel, max(received_at) as at from (select channel, received_at from receipt order by id desc limit 5000) r
                  group by channel)
                select c.channel,
                  coalesce(recent.at, (select max(received_at) from receipt r where r.channel = c.channel)) as received,
                  (select max(finished_at) from delivery d where d.state = 'delivered' and d.channel = c.channel) as delivered
                from unnest(?) as c (channel) left join recent on recent.channel = c.channel""",
                row -> {
                    Counting counting = counting(counts, row.getString("channel"));
                    counting.received = Db.instant(row, "received");
                    counting.delivered = Db.instant(row, "delivered");
                    return true;
                },
                (Object) counts.keySet().toArray(String[]::new));
    }

    private static ChannelFigures figures(String channel, Counting c) {
        return new ChannelFigures(
                channel,
                c.paused,
                all(c.receipts, ReceiptViews.State.values()),
                all(c.orders, PushState.values()),
                all(
                        c.deliveries,
                        DeliveryState.WAITING,
                        DeliveryState.IN_PROGRESS,
                        DeliveryState.DELIVERED,
                        DeliveryState.FAILED,
                        DeliveryState.UNKNOWN,
                        DeliveryState.WITHHELD),
                c.waiting,
                c.failedTasks,
                c.oldest,
                c.received,
                c.delivered);
    }

    /** A figure that is 0 is a figure. */
    @SafeVarargs
    private static <K> Map<K, Long> all(Map<K, Long> counted, K... keys) {
        Map<K, Long> result = new java.util.LinkedHashMap<>();
        for (K key : keys) {
            result.put(key, counted.getOrDefault(key, 0L));
        }
        return result;
    }
}

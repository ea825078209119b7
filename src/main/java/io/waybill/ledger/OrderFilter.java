package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which orders to list; null asks for no restriction.
 *
 * @param sync at the destination {@code channel} where that is given, else at any
 * @param channel the source or a destination
 * @param destinations orders with a delivery to one of these
 * @param q the beginning of a number, or an id or reference at any of {@code channels}
 * @param from received at or after
 * @param to received before
 */
public record OrderFilter(
        @Nullable PushState push,
        @Nullable SyncState sync,
        @Nullable String channel,
        @Nullable List<String> destinations,
        @Nullable String number,
        @Nullable String tag,
        @Nullable String q,
        @Nullable Instant from,
        @Nullable Instant to,
        List<String> channels) {
    public static final OrderFilter ALL =
            new OrderFilter(null, null, null, null, null, null, null, null, null, List.of());

    /** The same, only of orders received at or after. */
    public OrderFilter since(Instant earliest) {
        return new OrderFilter(push, sync, channel, destinations, number, tag, q, earliest, to, channels);
    }

    Where where() {
        Where where = new Where()
                .andIf(from, "o.received_at >= ?")
                .andIf(to, "o.received_at < ?")
                .andIf(tag == null ? null : new String[] {tag}, "o.tags @> ?");
        addNumber(where);
        addChannel(where);
        addText(where);
        if (push != null) {
            where.and("o.push = ?", push.word());
        }
        return where;
    }

    /** Shops show numbers with a # that people leave out. */
    private void addNumber(Where where) {
        if (number != null) {
            where.and("lower(o.number) in (lower(?), '#' || lower(?))", number, number);
        }
    }

    private void addChannel(Where where) {
        if (sync != null) {
            if (channel == null) {
                where.and(sync.condition(false));
            } else {
                where.and(sync.condition(true), channel);
            }
        } else if (channel != null) {
            where.and(
                    "(o.channel = ? or (select 1 from delivery x where x.order_id = o.id and x.channel = ? limit 1) is not null)",
                    channel,
                    channel);
        }
        if (destinations != null) {
            where.and(
                    "(select 1 from delivery x where x.order_id = o.id and x.channel = any(?) limit 1) is not null",
                    (Object) destinations.toArray(String[]::new));
        }
    }

    private void addText(Where where) {
        if (q == null) {
            return;
        }
        String prefix = escaped(q) + "%";
        String[] all = channels.toArray(String[]::new);
        where.and(
                """
                o.id in (
                  select id from orders where lower(number) like lower(?) or lower(number) like '#' || lower(?)
                  union select id from orders where channel = any(?) and external_id = ?
                  union select order_id from lane where channel = any(?) and external_id = ?
                  union select order_id from lane where channel = any(?) and reference = ?)""",
                prefix,
                prefix,
                all,
                q,
                all,
                q,
                all,
                q);
    }

    /** What LIKE would read as a wildcard stands for itself. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}

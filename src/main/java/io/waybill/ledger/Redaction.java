package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes personal data out of orders that are over: some time after the last shipment, or after the cancellation. An order with
 * an open delivery anywhere keeps it. Each order is one transaction; running it again changes nothing. An order that changes
 * later has its turn again, since that may have brought new data.
 */
public final class Redaction {
    private static final Logger log = LoggerFactory.getLogger(Redaction.class);
    private static final int PAGE = 500;

    /**
     * Orders whose turn may have come, oldest first. Those that are neither over nor silent for long are looked at again each
     * time; that are few, since an order is over sooner or later.
     */
    private static final String CANDIDATES =
            """
            select o.id, o.channel, o.external_id, o.changes, o.received_at from orders o
            where o.redacted_at is null and o.received_at < ? and (o.received_at, o.id) > (?, ?)
              and not exists (select 1 from delivery d where d.order_id = o.id and d.state in ('waiting', 'failed', 'unknown'))
            order by o.received_at, o.id limit ?""";

    private static final String DUE =
            """
            select o.id, case when over.is
                then least(coalesce(told.shipped_at, told.ended_at, told.last_at), told.last_at) < ?
                else told.last_at < ? end as due
            from orders o
            join event newest on newest.id = o.event_id
            cross join lateral (
              select
                max(least(coalesce(e.at, e.recorded_at), e.recorded_at)) filter (where e.type = 'shipment') as shipped_at,
                min(e.recorded_at) filter (where e.type = 'cancellation'
                  or e.type = 'order' and e.payload::jsonb #>> '{order,status}' = any(?)) as ended_at,
                max(e.recorded_at) as last_at,
                bool_or(e.type = 'shipment' and coalesce(jsonb_array_length(e.payload::jsonb -> 'lines'), 0) = 0) as whole
              from event e where e.order_id = o.id) told
            cross join lateral (
              select o.cancelled or o.status = any(?) or told.whole or (told.shipped_at is not null and not exists (
                select 1 from jsonb_to_recordset(newest.payload::jsonb #> '{order,lines}')
                  as l (id text, quantity int, cancelled int, shipped int)
                left join lateral (
                  select coalesce(sum(x.quantity) filter (where f.type = 'shipment'), 0) as shipped,
                    coalesce(sum(x.quantity) filter (where f.type = 'cancellation'), 0) as cancelled
                  from event f cross join lateral jsonb_to_recordset(coalesce(f.payload::jsonb -> 'lines', '[]'))
                    as x (id text, quantity int)
                  where f.order_id = o.id and f.type in ('shipment', 'cancellation') and f.outcome = 'applied' and x.id = l.id)
                  fact on true
                where l.quantity > greatest(coalesce(l.shipped, 0), fact.shipped)
                  + greatest(coalesce(l.cancelled, 0), fact.cancelled))) as is) over
            where o.id = any(?)""";

    /** The same, as far as it can be told without reading what the events say. */
    private static final String DUE_UNREAD =
            """
            select o.id from orders o
            where o.id = ? and (select max(e.recorded_at) from event e where e.order_id = o.id)
              < case when o.cancelled or o.status = any(?) then ?::timestamptz else ?::timestamptz end""";

    private static final String[] OVER = {"shipped", "delivered", "cancelled", "refunded", "returned"};

    private final Db db;
    private final Clock clock;
    private final Duration shipped;
    private final Duration unshipped;

    public Redaction(DataSource dataSource, Clock clock, Ages ages) {
        this.db = new Db(dataSource);
        this.clock = clock;
        this.shipped = ages.personalData();
        this.unshipped = ages.unshipped();
    }

    private record Candidate(RedactOrder.Seen order, Instant receivedAt) {
        private long id() {
            return order.id();
        }
    }

    /**
     * @param goOn asked between two orders: false when the server stops
     * @return how many orders were redacted
     */
    public int run(BooleanSupplier goOn) {
        int redacted = 0;
        Cursor after = new Cursor(Instant.EPOCH, 0);
        while (after != null) {
            List<Candidate> page = page(after);
            Set<Long> due = due(page.stream().map(Candidate::id).toList());
            for (Candidate candidate : page) {
                if (!goOn.getAsBoolean()) {
                    return redacted;
                }
                redacted += due.contains(candidate.id()) && redact(candidate.order()) ? 1 : 0;
            }
            after = next(page);
        }
        return redacted;
    }

    private static @Nullable Cursor next(List<Candidate> page) {
        if (page.size() < PAGE) {
            return null;
        }
        Candidate last = page.get(page.size() - 1);
        return new Cursor(last.receivedAt(), last.id());
    }

    private List<Candidate> page(Cursor after) {
        Duration shortest = shipped.compareTo(unshipped) < 0 ? shipped : unshipped;
        return db.query(
                CANDIDATES,
                row -> new Candidate(
                        new RedactOrder.Seen(
                                row.getLong("id"),
                                row.getString("channel"),
                                row.getString("external_id"),
                                row.getInt("changes")),
                        row.getTimestamp("received_at").toInstant()),
                clock.instant().minus(shortest),
                after.at(),
                after.id(),
                PAGE);
    }

    /** Halves what cannot be read, until the order that cannot stands alone. */
    private Set<Long> due(List<Long> orders) {
        try {
            return read(orders);
        } catch (WaybillException e) {
            if (!Db.isAboutData(e)) {
                throw e;
            }
            return orders.size() == 1 ? unread(orders.get(0)) : halves(orders);
        }
    }

    private Set<Long> halves(List<Long> orders) {
        int half = orders.size() / 2;
        Set<Long> due = new HashSet<>(due(orders.subList(0, half)));
        due.addAll(due(orders.subList(half, orders.size())));
        return due;
    }

    private Set<Long> read(List<Long> orders) {
        Instant now = clock.instant();
        Set<Long> due = new HashSet<>();
        db.query(
                DUE,
                row -> row.getBoolean("due") && due.add(row.getLong("id")),
                now.minus(shipped),
                now.minus(unshipped),
                OVER,
                OVER,
                orders.toArray(Long[]::new));
        return due;
    }

    private Set<Long> unread(long order) {
        log.atWarn().addKeyValue("order", order).log("What is stored of an order cannot be read as JSON");
        Instant now = clock.instant();
        return Set.copyOf(
                db.query(DUE_UNREAD, row -> row.getLong(1), order, OVER, now.minus(shipped), now.minus(unshipped)));
    }

    /** One that cannot be redacted keeps nobody else waiting. */
    private boolean redact(RedactOrder.Seen order) {
        try {
            return db.tx(session -> new RedactOrder(session, order).run());
        } catch (WaybillException e) {
            if (!Db.isAboutData(e)) {
                throw e;
            }
            // The cause may quote what is stored.
            log.atError().addKeyValue("order", order.id()).log("An order's personal data could not be taken out");
            return false;
        }
    }
}

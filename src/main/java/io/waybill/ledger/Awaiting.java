package io.waybill.ledger;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/** Deliveries that wait until an article or a status has its name at the destination. */
public final class Awaiting {
    private static final int SHOWN = 50;

    private final Db db;

    public Awaiting(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * A name that is missing, or may be.
     *
     * @param deliveries how many wait
     */
    public record Name(String name, int deliveries) {}

    /** The articles of orders that wait for the name of one: which of an order's it is, the destination seldom says. */
    public List<Name> articles(String channel) {
        return db.query(
                """
                select line ->> 'sku' as name, count(distinct d.id) as deliveries
                from delivery d
                join orders o on o.id = d.order_id
                join event e on e.id = o.event_id
                cross join lateral jsonb_array_elements(e.payload::jsonb #> '{order,lines}') line
                where d.channel = ? and d.state = 'waiting' and d.reason = 'awaiting-mapping' and d.operation <> 'set-status'
                  and line ->> 'sku' is not null
                group by 1 order by 2 desc, 1 limit ?""",
                row -> new Name(row.getString(1), row.getInt(2)),
                channel,
                SHOWN);
    }

    public List<Name> statuses(String channel) {
        return db.query(
                """
                select e.payload::jsonb ->> 'status' as name, count(*) as deliveries
                from delivery d join event e on e.id = d.event_id
                where d.channel = ? and d.state = 'waiting' and d.reason = 'awaiting-mapping' and d.operation = 'set-status'
                group by 1 order by 2 desc, 1 limit ?""",
                row -> new Name(row.getString(1), row.getInt(2)),
                channel,
                SHOWN);
    }

    /**
     * Makes them due now.
     *
     * @param articles channels whose articles have other names now
     * @param statuses channels whose statuses mean something else now
     * @return how many
     */
    public int wake(Collection<String> articles, Collection<String> statuses) {
        Object[] channels = {articles.toArray(String[]::new), statuses.toArray(String[]::new)};
        return db.tx(session -> {
            List<Long> lanes = session.query(
                    """
                    select l.id from lane l where l.id in (
                      select lane_id from delivery
                      where state = 'waiting' and reason = 'awaiting-mapping'
                        and channel = any(case when operation = 'set-status' then ? else ? end))
                    order by l.id for update""",
                    row -> row.getLong(1),
                    channels[1],
                    channels[0]);
            int woken = session.update(
                    """
                    update delivery set reason = 'due', due_at = now()
                    where lane_id = any(?) and state = 'waiting' and reason = 'awaiting-mapping'
                      and channel = any(case when operation = 'set-status' then ? else ? end)""",
                    lanes.toArray(Long[]::new),
                    channels[1],
                    channels[0]);
            session.update(
                    """
                    update lane set due_at = (select due_at from lane_due(id))
                    where id = any(?) and (leased_until is null or leased_until <= now())""",
                    (Object) lanes.toArray(Long[]::new));
            return woken;
        });
    }
}

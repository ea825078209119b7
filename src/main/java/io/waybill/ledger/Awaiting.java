package io.waybill.ledger;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/** Deliveries that wait until an article or a status has its name at the destination. */
public final class Awaiting {
    private final Db db;

    public Awaiting(DataSource dataSource) {
        this.db = new Db(dataSource);
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

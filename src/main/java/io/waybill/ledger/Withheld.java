package io.waybill.ledger;

import java.util.List;
import javax.sql.DataSource;

/** Orders that a broken rule holds back; decided again when the rules change. */
public final class Withheld {
    private static final int AT_ONCE = 500;

    private final Db db;

    public Withheld(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** The next orders after this one with a delivery that waits for a mended rule, in the order of their ids. */
    public List<Long> byBrokenRule(long after) {
        return db.query(
                """
                select distinct order_id from delivery
                where state = 'withheld' and reason = 'rule-error' and order_id > ? order by order_id limit ?""",
                row -> row.getLong(1),
                after,
                AT_ONCE);
    }

    /** Once decided again, the earlier refusals are history. */
    public void settled(long orderId) {
        db.update(
                """
                update delivery set state = 'superseded', reason = 'newer'
                where order_id = ? and state = 'withheld' and reason = 'rule-error'""",
                orderId);
    }
}

package io.waybill.ledger;

import java.util.Collections;
import javax.sql.DataSource;

/** Channels that are not configured any more, and of which the ledger still holds something. */
public final class FormerChannels {
    private final Db db;

    public FormerChannels(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /** Along indexes, however much there is. */
    public boolean remembers(String channel) {
        return db.query(
                        """
                        select exists (select 1 from orders where channel = ?)
                          or exists (select 1 from receipt where channel = ? and not conflict)
                          or exists (select 1 from delivery where state in ('waiting', 'failed', 'unknown') and channel = ?)
                          or exists (select 1 from delivery where state = 'withheld' and channel = ?)
                          or exists (select 1 from delivery where state = 'delivered' and channel = ?)
                          or exists (select 1 from run where channel = ?)""",
                        row -> row.getBoolean(1),
                        Collections.nCopies(6, channel).toArray())
                .get(0);
    }
}

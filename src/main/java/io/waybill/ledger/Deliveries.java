package io.waybill.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The work on lanes. One {@link #turn} is one transaction: outcomes of finished sends are written under their fences, then
 * due lanes are claimed for one lease, each with an attempt row that says "sending" before any byte leaves. A lane found
 * so after its lease counts as ambiguous.
 */
public final class Deliveries {
    private final Db db;
    private final String node;

    /** @param node the name of this server, the same after a restart */
    public Deliveries(DataSource dataSource, String node) {
        this.db = new Db(dataSource);
        this.node = node;
    }

    /** At start: lanes that an earlier life of this node held are due at once; nobody else can hold them. */
    public void reclaim() {
        db.update(
                """
                update lane set leased_until = null, leased_by = null
                where leased_by = ? and leased_until is not null""",
                node);
    }

    /**
     * At the end: what is still being sent is free for whoever claims it next, and counts as ambiguous then. Its outcome, should
     * it still come, is refused.
     */
    public void release() {
        db.update(
                """
                update lane set due_at = now(), leased_until = null, leased_by = null, fence = fence + 1
                where leased_by = ? and leased_until is not null""",
                node);
    }

    /**
     * How many lanes of one channel to claim.
     *
     * @param marksLate true for destinations with neither look-up nor key: their attempt is written one by one just before the
     *     send ({@link #begin}), so that a crash leaves as few as possible unknown
     */
    public record Appetite(int lanes, boolean marksLate) {}

    public List<Claimed> turn(List<Settlement> finished, Map<String, Appetite> wanted, Duration lease) {
        return db.tx(session -> {
            if (!finished.isEmpty()) {
                new SettleBatch(session, finished).run();
            }
            return wanted.isEmpty() ? List.of() : new ClaimBatch(session, wanted, lease, node).run();
        });
    }

    /** Writes the attempt of a delivery whose channel marks late. False when the lease is gone: do not send. */
    public boolean begin(Claimed claimed) {
        return db.tx(session -> {
            int held = session.update(
                    """
                    update delivery d set sending_since = now() from lane l
                    where d.id = ? and l.id = d.lane_id and l.fence = ? and l.leased_until > now()""",
                    claimed.deliveryId(),
                    claimed.fence());
            if (held == 1) {
                ClaimBatch.insertAttempts(session, List.of(claimed));
            }
            return held == 1;
        });
    }

    /** Channels that nothing is sent to until they are resumed. */
    public Set<String> paused() {
        return Set.copyOf(db.query(
                "select channel from switch where name = 'paused' and value = 'true'", row -> row.getString(1)));
    }
}

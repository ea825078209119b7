package io.waybill.ledger;

import io.waybill.order.WaybillException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Deliveries and receipts made due again by a person, each with its entry in the audit log, in one transaction. */
public final class ManualRetries {
    /** One call takes no more than this many, newest first; call again for the rest. */
    public static final int MOST = 10_000;

    private final Db db;

    public ManualRetries(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * @param matched open deliveries that fit the filter
     * @param requeued due now
     * @param skipped left alone: in the hands of a worker, blocked by another, waiting for a person, due already, or unknown
     *     without having been asked for by that state
     */
    public record Bulk(int matched, int requeued, int skipped) {}

    private record Match(long id, DeliveryRow row) {}

    /**
     * Makes one failed, unknown or waiting delivery due now. For an unknown one it is the person's word that nothing is there:
     * it counts where the destination keeps no key and cannot be searched; elsewhere the key or a look decides, as ever.
     */
    public void delivery(long id, String by) {
        db.tx(session -> {
            DeliveryRow row = session.first("select * from delivery_shown where id = ?", DeliveryRow::read, id);
            if (row == null) {
                throw ViewError.UNKNOWN_DELIVERY.of(id);
            }
            Issues.settle(session);
            if (requeue(session, List.of(id)) == 0) {
                throw new WaybillException(
                        LedgerError.WRONG_STATE,
                        "Delivery " + id + " cannot be retried: it is "
                                + row.state().word() + ". Only waiting, failed and unknown deliveries can.");
            }
            AuditLog.write(
                    session,
                    by,
                    "retry",
                    row.order(),
                    "delivery " + id,
                    Map.of("state", row.state().word(), "channel", row.channel(), "operation", row.operation()));
            return true;
        });
    }

    public Bulk deliveries(DeliveryFilter filter, String by) {
        return db.tx(session -> {
            Issues.settle(session);
            Where where = filter.where().and("d.state in ('waiting', 'failed', 'unknown')");
            List<Match> matches = session.query(
                    "select * from delivery_shown d where " + where.sql() + " order by d.id desc limit ?",
                    row -> new Match(row.getLong("id"), DeliveryRow.read(row)),
                    where.parameters(MOST));
            boolean unknownToo = filter.state() == DeliveryState.UNKNOWN;
            List<Long> chosen = matches.stream()
                    .filter(match -> isMeant(match.row(), unknownToo))
                    .map(Match::id)
                    .toList();
            int requeued = requeue(session, chosen);
            if (requeued > 0) {
                AuditLog.write(
                        session,
                        by,
                        "retry-many",
                        null,
                        requeued + " deliveries",
                        Map.of("filter", filter, "deliveries", chosen));
            }
            return new Bulk(matches.size(), requeued, matches.size() - requeued);
        });
    }

    /** A person decides on unknown ones: nothing is sent blindly because it stood in a list. */
    private static boolean isMeant(DeliveryRow row, boolean unknownToo) {
        return switch (row.state()) {
            case FAILED -> true;
            case UNKNOWN -> unknownToo;
            case WAITING -> List.of("retry", "awaiting-mapping", "circuit").contains(String.valueOf(row.reason()));
            case IN_PROGRESS, DELIVERED, WITHHELD, SUPERSEDED, VOID -> false;
        };
    }

    /** @return how many of them are due now */
    static int requeue(Db.Session session, List<Long> ids) throws SQLException {
        Long[] wanted = ids.toArray(Long[]::new);
        // Lanes first and in the order of their ids, as whoever else locks both does.
        session.query(
                """
                select 1 from lane where id in (select lane_id from delivery where id = any(?)) order by id for update""",
                row -> 1,
                (Object) wanted);
        List<Long> lanes = session.query(
                """
                update delivery d set state = 'waiting', reason = 'due', due_at = now(), finished_at = null,
                  vouched_for = d.state = 'unknown'
                where id = any(?) and state in ('failed', 'unknown', 'waiting') and lane_id is not null
                returning lane_id""",
                row -> row.getLong(1),
                (Object) wanted);
        session.update(
                """
                update lane set due_at = (select due_at from lane_due(id))
                where id = any(?) and (leased_until is null or leased_until <= now())""",
                (Object) lanes.toArray(Long[]::new));
        return lanes.size();
    }

    /** Makes a parked receipt due again: after a mapping was mended, say. */
    public void receipt(long id, String by) {
        db.tx(session -> {
            String state = session.first("select state from receipt where id = ?", row -> row.getString(1), id);
            if (state == null) {
                throw ViewError.UNKNOWN_RECEIPT.of(id);
            }
            Issues.settle(session);
            int due = session.update(
                    """
                    update receipt set state = 'waiting', due_at = now(), leased_until = null
                    where id = ? and state in ('parked', 'waiting')""",
                    id);
            if (due == 0) {
                throw new WaybillException(
                        LedgerError.WRONG_STATE,
                        "Receipt " + id + " cannot be retried: it is " + state
                                + ". Only parked and waiting receipts can.");
            }
            AuditLog.write(session, by, "retry-receipt", null, "receipt " + id, Map.of("state", state));
            return true;
        });
    }
}

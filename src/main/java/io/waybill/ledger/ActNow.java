package io.waybill.ledger;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Commits what a person did to an order, one event after the other, in one transaction. */
final class ActNow {
    private final Db.Session session;
    private final HandAct act;

    ActNow(Db.Session session, HandAct act) {
        this.session = session;
        this.act = act;
    }

    /** Nothing when the order changed since it was looked at: look and decide again. */
    Optional<List<HandAct.Sent>> run() throws SQLException {
        Known known = act.known();
        for (HandAct.Step step : act.steps()) {
            Commit.Result result =
                    new CommitBatch(session, List.of(commit(known, step))).run().get(0);
            if (result != Commit.Result.COMMITTED) {
                return refused(known, result);
            }
            known = known.changed();
        }
        keepTags();
        AuditLog.write(session, act.by(), act.action(), known.id(), act.subject(), act.detail());
        return Optional.of(sent());
    }

    /** Only the first can come too late: from then on the order is locked. */
    private Optional<List<HandAct.Sent>> refused(Known known, Commit.Result result) {
        if (known != act.known()) {
            throw new IllegalStateException("an order that is locked changed: " + result);
        }
        return Optional.empty();
    }

    private static Commit commit(Known known, HandAct.Step step) {
        boolean state = step.state() != null;
        return new Commit(
                known.newestReceipt(),
                Commit.BY_HAND,
                false,
                state ? known.channel() : HandAct.FROM,
                known,
                step.event(),
                Commit.Outcome.APPLIED,
                step.state(),
                step.payload(),
                step.decisions());
    }

    private void keepTags() throws SQLException {
        TagsByHand tags = act.tags();
        if (tags != null) {
            session.update(
                    "update orders set tags_added = ?, tags_removed = ? where id = ?",
                    tags.added().toArray(String[]::new),
                    tags.removed().toArray(String[]::new),
                    act.known().id());
        }
    }

    private List<HandAct.Sent> sent() throws SQLException {
        return session.query(
                """
                select channel, operation, id, state, nullif(reason, '') as reason from delivery
                where order_id = ? and event_id in (
                  select id from event where order_id = ? order by id desc limit ?) order by id""",
                row -> new HandAct.Sent(
                        row.getString("channel"),
                        row.getString("operation"),
                        row.getLong("id"),
                        row.getString("state"),
                        row.getString("reason")),
                act.known().id(),
                act.known().id(),
                act.steps().size());
    }
}

package io.waybill.ledger;

import io.waybill.order.Event;
import io.waybill.order.OrderChanged;
import java.sql.SQLException;
import java.util.List;

/** Commits an order's newest state once more as the next revision, and then its facts. */
final class RepublishNow {
    private final Db.Session session;
    private final Republication again;
    private final String by;

    RepublishNow(Db.Session session, Republication again, String by) {
        this.session = session;
        this.again = again;
        this.by = by;
    }

    boolean run() throws SQLException {
        Known known = again.known();
        known.requireNotCancelled();
        RedactOrder.refuse(session, known);
        Commit commit = new Commit(
                known.newestReceipt(),
                Commit.BY_HAND,
                false,
                known.channel(),
                known,
                new OrderChanged(again.state()),
                Commit.Outcome.APPLIED,
                again.state(),
                again.payload(),
                again.decisions());
        if (new CommitBatch(session, List.of(commit)).run().get(0) != Commit.Result.COMMITTED) {
            return false;
        }
        Shadowed.overtaken(session, known.id(), published(again.decisions()));
        for (Republication.Fact fact : again.facts()) {
            ManualRetries.requeue(session, fact.retries());
            send(fact);
        }
        AuditLog.write(session, by, "republish", known.id(), "order " + known.number(), again.detail());
        return true;
    }

    private static String[] published(List<Decided> decisions) {
        return decisions.stream()
                .filter(d -> d.verdict() == Verdict.PUBLISH)
                .map(Decided::channel)
                .toArray(String[]::new);
    }

    /** One after the other: each finds the lanes as the one before left them. */
    private void send(Republication.Fact again) throws SQLException {
        Event event = again.fact().event();
        Shadowed.factOvertaken(session, again.fact().eventId(), published(again.decisions()));
        new LaneWriter(session)
                .write(List.of(new LaneWork(
                        this.again.known().id(),
                        again.fact().eventId(),
                        this.again.known().channel(),
                        this.again.known().externalId(),
                        false,
                        again.fact().from(),
                        event,
                        again.round() == 0 ? event.id() : event.id() + "#" + again.round(),
                        this.again.known().cancelled(),
                        0,
                        again.decisions(),
                        null)));
    }
}

package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** Versions that are being checked by all live servers; one at a time, each for a limited time by PostgreSQL's clock. */
public final class Proposals {
    private final Db db;
    private final String node;

    /** @param node the name of this server */
    public Proposals(DataSource dataSource, String node) {
        this.db = new Db(dataSource);
        this.node = node;
    }

    public record Open(long id, String bundle, String node) {}

    /** What one server found; an empty JSON list agrees. */
    public record Vote(String node, String findings) {}

    /** @param missing live servers that have not answered */
    public record Count(List<Vote> votes, List<String> missing, boolean over) {}

    /** Empty while another proposal is open. */
    public OptionalLong open(String bundle, byte[] files, Duration length) {
        return db.tx(session -> {
            session.query("select pg_advisory_xact_lock(hashtextextended('proposal', 11))", row -> 1);
            session.update("update proposal set state = 'refused' where state = 'open' and closes_at <= now()");
            if (session.first("select id from proposal where state = 'open'", row -> 1) != null) {
                return OptionalLong.empty();
            }
            DeploymentLog.keep(session, bundle, files);
            return OptionalLong.of(session.query(
                            """
                            insert into proposal (bundle, node, closes_at)
                            values (?, ?, now() + make_interval(secs => ?)) returning id""",
                            row -> row.getLong(1),
                            bundle,
                            node,
                            length.toMillis() / 1000.0)
                    .get(0));
        });
    }

    /** Somebody else's that this server has not answered. */
    public Optional<Open> unanswered() {
        return db
                .query(
                        """
                        select * from proposal p where state = 'open' and closes_at > now() and node <> ?
                          and not exists (select 1 from vote where proposal = p.id and node = ?)""",
                        Proposals::read,
                        node,
                        node)
                .stream()
                .findFirst();
    }

    public boolean isOpen(long id) {
        return !db.query("select 1 from proposal where id = ? and state = 'open' and closes_at > now()", row -> 1, id)
                .isEmpty();
    }

    public void answer(long id, String findings) {
        db.update(
                """
                insert into vote (proposal, node, findings)
                select id, ?, ? from proposal where id = ? and state = 'open' on conflict do nothing""",
                node,
                findings,
                id);
    }

    public Count count(long id) {
        // Before the votes: one that comes in between must not be missed by both.
        List<String> missing = db.query(
                """
                select name from node n where alive_until > now() and name <> ?
                  and not exists (select 1 from vote where proposal = ? and node = n.name) order by name""",
                row -> row.getString(1),
                node,
                id);
        boolean over = !isOpen(id);
        List<Vote> votes = db.query(
                "select * from vote where proposal = ? order by node",
                row -> new Vote(row.getString("node"), row.getString("findings")),
                id);
        return new Count(votes, missing, over);
    }

    public void refuse(long id) {
        db.update("update proposal set state = 'refused' where id = ? and state = 'open'", id);
    }

    private static Open read(ResultSet row) throws SQLException {
        return new Open(row.getLong("id"), row.getString("bundle"), row.getString("node"));
    }
}

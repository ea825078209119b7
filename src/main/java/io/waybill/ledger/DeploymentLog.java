package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The accepted versions of the routes folder, newest last: the highest id is what every server is to serve. The newest {@link
 * #KEPT} are kept with their files.
 */
public final class DeploymentLog {
    public static final int KEPT = 200;

    private final Db db;

    public DeploymentLog(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    /**
     * One accepted version.
     *
     * @param bundle hash of the folder's own files
     * @param hash of these and of what the program shipped when it was accepted
     * @param restores the deployment that a rollback went back to
     * @param changes JSON: the files in which it differs from the one before
     */
    public record Accepted(
            long id,
            String bundle,
            String hash,
            Instant at,
            String by,
            String via,
            String node,
            @Nullable Long restores,
            String changes) {}

    /** A version about to be accepted; {@code files} is its bundle, packed. */
    public record Entry(
            String bundle,
            byte[] files,
            String hash,
            String by,
            String via,
            String node,
            @Nullable Long restores,
            String changes) {}

    public Optional<Accepted> newest() {
        return db.query("select * from deployment order by id desc limit 1", DeploymentLog::read).stream()
                .findFirst();
    }

    public Optional<Accepted> find(long id) {
        return db.query("select * from deployment where id = ?", DeploymentLog::read, id).stream()
                .findFirst();
    }

    /** The one before it, whatever became of that. */
    public Optional<Accepted> before(long id) {
        return db
                .query("select * from deployment where id < ? order by id desc limit 1", DeploymentLog::read, id)
                .stream()
                .findFirst();
    }

    /** The newest one that held other files. */
    public Optional<Accepted> otherThan(String bundle) {
        return db
                .query(
                        "select * from deployment where bundle <> ? order by id desc limit 1",
                        DeploymentLog::read,
                        bundle)
                .stream()
                .findFirst();
    }

    public boolean isKnown(String bundle) {
        return !db.query("select 1 from deployment where bundle = ? limit 1", row -> 1, bundle)
                .isEmpty();
    }

    /** Newest first. */
    public Slice<Accepted> list(@Nullable String cursor, int limit) {
        return Slice.of(
                db.query(
                        "select * from deployment where id < ? order by id desc limit ?",
                        DeploymentLog::read,
                        Cursor.idOf(cursor),
                        limit + 1),
                limit,
                accepted -> Cursor.of(accepted.id()));
    }

    /** The packed files, while they are kept. */
    public Optional<byte[]> files(String bundle) {
        return db.query("select files from bundle where hash = ?", row -> row.getBytes(1), bundle).stream()
                .findFirst();
    }

    /** From now on this is what every server is to serve; an open proposal of it is closed with it. */
    public Accepted accept(Entry entry) {
        return db.tx(session -> {
            // Ids are to rise in the order in which they can be seen.
            session.query("select pg_advisory_xact_lock(hashtextextended('deployment', 11))", row -> 1);
            keep(session, entry.bundle(), entry.files());
            Accepted accepted = session.query(
                            """
                            insert into deployment (bundle, hash, by, via, node, restores, changes)
                            values (?, ?, ?, ?, ?, ?, ?) returning *""",
                            DeploymentLog::read,
                            entry.bundle(),
                            entry.hash(),
                            entry.by(),
                            entry.via(),
                            entry.node(),
                            entry.restores(),
                            entry.changes())
                    .get(0);
            session.update(
                    "update proposal set state = 'accepted' where state = 'open' and bundle = ? and node = ?",
                    entry.bundle(),
                    entry.node());
            forget(session, accepted.id());
            return accepted;
        });
    }

    static void keep(Db.Session session, String bundle, byte[] files) throws SQLException {
        session.update("insert into bundle (hash, files) values (?, ?) on conflict do nothing", bundle, files);
    }

    private static void forget(Db.Session session, long newest) throws SQLException {
        session.update("delete from deployment where id <= ?", newest - KEPT);
        session.update("delete from proposal where state <> 'open' and closes_at < now() - interval '1 day'");
        session.update(
                """
                delete from bundle b where not exists (select 1 from deployment where bundle = b.hash)
                  and not exists (select 1 from proposal where bundle = b.hash)""");
    }

    private static Accepted read(ResultSet row) throws SQLException {
        return new Accepted(
                row.getLong("id"),
                row.getString("bundle"),
                row.getString("hash"),
                row.getTimestamp("at").toInstant(),
                row.getString("by"),
                row.getString("via"),
                row.getString("node"),
                row.getObject("restores", Long.class),
                row.getString("changes"));
    }
}

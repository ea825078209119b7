package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The servers on this database. One is alive for {@link #LEASE} from its last beat, by PostgreSQL's clock. A server that
 * comes back takes its row over, so that nobody waits for its earlier life.
 */
public final class Nodes {
    public static final Duration LEASE = Duration.ofSeconds(10);

    private final Db db;
    private final String name;
    private final String life = UUID.randomUUID().toString();

    /** @param name of this server, the same after a restart */
    public Nodes(DataSource dataSource, String name) {
        this.db = new Db(dataSource);
        this.name = name;
    }

    public String name() {
        return name;
    }

    /**
     * One server.
     *
     * @param deployment what it serves; null while it starts
     * @param folder hash of its folder's files when it last looked; null before
     * @param refusal JSON: why its folder does not serve; null when it was not refused
     */
    public record Node(
            String name,
            Instant startedAt,
            boolean alive,
            @Nullable Long deployment,
            @Nullable String folder,
            @Nullable String refusal) {}

    /** What a server says of itself with each beat. */
    public record Saying(@Nullable Long deployment, @Nullable String folder, @Nullable String refusal) {}

    /** Takes the row of this name over; what its earlier life left in it stays until the first beat. */
    public Optional<Node> join() {
        return db.tx(session -> {
            Node before = session.first("select *, false as alive from node where name = ?", Nodes::read, name);
            session.update(
                    """
                    insert into node (name, life, alive_until) values (?, ?, now() + make_interval(secs => ?))
                    on conflict (name) do update
                      set life = excluded.life, started_at = clock_timestamp(), alive_until = excluded.alive_until,
                          deployment = null""",
                    name,
                    life,
                    LEASE.toSeconds());
            return Optional.ofNullable(before);
        });
    }

    /** @return false when another process has taken the name meanwhile; it counts as one server with this one then */
    public boolean beat(Saying saying) {
        return db.tx(session -> {
            String known =
                    session.first("select life from node where name = ? for update", row -> row.getString(1), name);
            session.update(
                    """
                    insert into node (name, life, alive_until, deployment, folder, refusal)
                    values (?, ?, now() + make_interval(secs => ?), ?, ?, ?)
                    on conflict (name) do update
                      set life = excluded.life, alive_until = excluded.alive_until, deployment = excluded.deployment,
                          folder = excluded.folder, refusal = excluded.refusal""",
                    name,
                    life,
                    LEASE.toSeconds(),
                    saying.deployment(),
                    saying.folder(),
                    saying.refusal());
            return known == null || known.equals(life);
        });
    }

    /** Nobody waits for this server from now on. What it knew of its folder stays. */
    public void leave(Saying saying) {
        db.update(
                "update node set alive_until = now(), deployment = null, folder = ?, refusal = ? where name = ? and life = ?",
                saying.folder(),
                saying.refusal(),
                name,
                life);
    }

    /** By name; those that are gone for a day are forgotten. */
    public List<Node> all() {
        return db.query(
                """
                select *, alive_until > now() as alive from node where alive_until > now() - interval '1 day' order by name""",
                Nodes::read);
    }

    /** Names of those alive, in their order. */
    public List<String> alive() {
        return db.query("select name from node where alive_until > now() order by name", row -> row.getString(1));
    }

    private static Node read(ResultSet row) throws SQLException {
        return new Node(
                row.getString("name"),
                row.getTimestamp("started_at").toInstant(),
                row.getBoolean("alive"),
                row.getObject("deployment", Long.class),
                row.getString("folder"),
                row.getString("refusal"));
    }
}

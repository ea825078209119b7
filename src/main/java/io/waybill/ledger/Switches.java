package io.waybill.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** What people switched while running, with who and when. It outlives restarts and holds on every node. */
public final class Switches {
    private static final String PAUSED = "paused";

    private final Db db;

    public Switches(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    public record Switch(String channel, String name, String value, String by, Instant at) {}

    /** Channels that nothing is sent to until they are resumed. Receiving goes on. */
    public Set<String> paused() {
        return Set.copyOf(db.query(
                "select channel from switch where name = 'paused' and value = 'true'", row -> row.getString(1)));
    }

    /** @return false when it was paused already */
    public boolean pause(String channel, String by) {
        return set(channel, true, by);
    }

    /** @return false when it was not paused */
    public boolean resume(String channel, String by) {
        return set(channel, false, by);
    }

    private boolean set(String channel, boolean paused, String by) {
        return db.tx(session -> {
            int changed = paused ? insert(session, channel, by) : delete(session, channel);
            if (changed > 0) {
                AuditLog.write(session, by, paused ? "pause" : "resume", null, "channel " + channel, Map.of());
                session.query("select pg_notify('waybill', ?)", row -> 1, channel);
            }
            return changed > 0;
        });
    }

    private static int insert(Db.Session session, String channel, String by) throws SQLException {
        return session.update(
                """
                insert into switch (channel, name, value, by) values (?, ?, 'true', ?) on conflict (channel, name) do nothing""",
                channel,
                PAUSED,
                by);
    }

    private static int delete(Db.Session session, String channel) throws SQLException {
        return session.update("delete from switch where channel = ? and name = ?", channel, PAUSED);
    }

    /** @param fileValue what the channel's file said when it was switched: once it says something else, this counts no more */
    public record PushMode(String channel, String mode, String fileValue) {}

    public List<PushMode> pushModes() {
        return db.query(
                "select * from switch where name = 'push'",
                row -> new PushMode(row.getString("channel"), row.getString("value"), row.getString("file_value")));
    }

    public void pushMode(PushMode mode, String by) {
        db.tx(session -> {
            session.update(
                    """
                    insert into switch (channel, name, value, file_value, by) values (?, 'push', ?, ?, ?)
                    on conflict (channel, name) do update
                      set value = excluded.value, file_value = excluded.file_value, by = excluded.by, at = now()""",
                    mode.channel(),
                    mode.mode(),
                    mode.fileValue(),
                    by);
            AuditLog.write(session, by, "push-mode", null, "channel " + mode.channel(), Map.of("push", mode.mode()));
            return true;
        });
    }

    /** @param fileOn what the channel's file said when it was switched: once it says something else, this counts no more */
    public record Shadow(String channel, boolean on, boolean fileOn) {}

    public List<Shadow> shadows() {
        return db.query(
                "select * from switch where name = 'shadow'",
                row -> new Shadow(
                        row.getString("channel"),
                        Boolean.parseBoolean(row.getString("value")),
                        Boolean.parseBoolean(row.getString("file_value"))));
    }

    public void shadow(Shadow shadow, String by) {
        db.tx(session -> {
            session.update(
                    """
                    insert into switch (channel, name, value, file_value, by) values (?, 'shadow', ?, ?, ?)
                    on conflict (channel, name) do update
                      set value = excluded.value, file_value = excluded.file_value, by = excluded.by, at = now()""",
                    shadow.channel(),
                    String.valueOf(shadow.on()),
                    String.valueOf(shadow.fileOn()),
                    by);
            AuditLog.write(session, by, "shadow", null, "channel " + shadow.channel(), Map.of("shadow", shadow.on()));
            return true;
        });
    }

    /** What a channel's file says now where a switch of that name may stand against it. */
    public record Word(String channel, String name, String value) {}

    /** Takes away the switches that were made against another word than the file's. */
    public int clearOutdated(List<Word> words) {
        return db.update(
                """
                delete from switch s using unnest(?, ?, ?) as w (channel, name, value)
                where s.channel = w.channel and s.name = w.name and s.file_value <> w.value""",
                words.stream().map(Word::channel).toArray(String[]::new),
                words.stream().map(Word::name).toArray(String[]::new),
                words.stream().map(Word::value).toArray(String[]::new));
    }

    /** All that is switched, by channel and name. */
    public List<Switch> all() {
        return db.query("select * from switch order by channel, name", Switches::read);
    }

    private static Switch read(ResultSet row) throws SQLException {
        return new Switch(
                row.getString("channel"),
                row.getString("name"),
                row.getString("value"),
                row.getString("by"),
                row.getTimestamp("at").toInstant());
    }
}

package io.waybill.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What people changed of a task while running: whether it is enabled, and how often it runs. A switch remembers the value
 * of the channel's file; when the file says something else, it counts no more.
 */
public final class TaskSwitches {
    private final Db db;

    public TaskSwitches(DataSource dataSource) {
        this.db = new Db(dataSource);
    }

    public enum Part {
        ENABLED,
        EVERY;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param fileValue what the file said when it was switched */
    public record Switched(
            String channel, String task, Part part, String value, @Nullable String fileValue, String by, Instant at) {}

    public List<Switched> all() {
        return db.query("select * from switch where name ~ '^task\\.[a-z-]+\\.(enabled|every)$'", row -> {
            String[] name = row.getString("name").split("\\.", 3);
            return new Switched(
                    row.getString("channel"),
                    name[1],
                    name[2].equals("every") ? Part.EVERY : Part.ENABLED,
                    row.getString("value"),
                    row.getString("file_value"),
                    row.getString("by"),
                    row.getTimestamp("at").toInstant());
        });
    }

    public void set(String channel, String task, Part part, String value, @Nullable String fileValue, String by) {
        db.tx(session -> {
            session.update(
                    """
                    insert into switch (channel, name, value, file_value, by) values (?, ?, ?, ?, ?)
                    on conflict (channel, name) do update
                      set value = excluded.value, file_value = excluded.file_value, by = excluded.by, at = now()""",
                    channel,
                    name(task, part),
                    value,
                    fileValue,
                    by);
            audit(session, channel, task, Map.of(part.word(), value), by);
            return true;
        });
    }

    /** Back to what the file says. */
    public void clear(String channel, String task, Part part, String by) {
        db.tx(session -> {
            int cleared =
                    session.update("delete from switch where channel = ? and name = ?", channel, name(task, part));
            if (cleared > 0) {
                audit(session, channel, task, Map.of(part.word(), "as in the file"), by);
            }
            return cleared;
        });
    }

    private static void audit(Db.Session session, String channel, String task, Map<String, String> change, String by)
            throws SQLException {
        AuditLog.write(session, by, "task-switch", null, "channel " + channel + ", task " + task, change);
    }

    /** Its name among all switches. */
    public static String name(String task, Part part) {
        return "task." + task + "." + part.word();
    }
}
